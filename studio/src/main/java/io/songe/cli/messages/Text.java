package io.songe.cli.messages;

import java.util.Locale;

/**
 * The sentences and words of the command line, each under the key {@code text.} and its name in
 * small letters and with hyphens. {@link Messages#say} says them. Numbers in comments are those of
 * the values to fill in.
 */
public enum Text {
  /** Heading of the exit codes in the help. */
  EXIT_CODES,
  EXIT_DONE,
  EXIT_NOT_STARTED,
  EXIT_MISTAKE,
  EXIT_BROKEN_FILE,
  EXIT_UNWRITABLE,
  EXIT_DEFECT,
  EXIT_CHECK_FAILED,
  EXIT_UNREACHABLE,
  EXIT_CANCELLED,
  CANCELLED,
  /** 0: the command. */
  SEE_HELP,
  /** 0: the option. */
  MISSING_VALUE,
  /** 0: the option. */
  GIVEN_TWICE,
  /** 0: the option. */
  UNKNOWN_OPTION,
  /** 0: the word. */
  UNKNOWN_ARGUMENT,
  /** Follows an unknown name. 0: the nearest. */
  DID_YOU_MEAN,
  /** Follows an unknown name. 0: all names. */
  KNOWN_ARE,
  /** Follows an unknown name. 0: the nearest, 1: all names. */
  NEAREST_AND_KNOWN,
  /** 0: the option, 1: the value. */
  NOT_A_WHOLE_NUMBER,
  /** 0: the part of the value. */
  NOT_A_SHARE,
  /** Without arguments. */
  SIZES_OF_THE_BEGINNING,
  /** 0: the value. */
  NOT_MEAN_AND_DEVIATION,
  /** Without arguments. */
  NOTHING_TO_GROW,
  /** 0: the option, 1: the value. */
  NOT_A_NUMBER,
  /** 0: the option, 1: the value. */
  NOT_A_VALUE,
  NO_PHRASE,
  /** 0: the picture. */
  NO_PROMPT_IN_PICTURE,
  SUBTLE_AND_STRONG,
  /** 0: the option, 1: the other. */
  OPTION_NEEDS,
  /** 0: the value. */
  UNKNOWN_TILING,
  /** 0: the value. */
  UNKNOWN_CONVENTION,
  /** 0: the value. */
  UNKNOWN_FIT,
  /** 0: the option, 1: the value. */
  FACTOR_OUT_OF_RANGE,
  /** 0: the file. */
  NO_PICTURE_FILE,
  /** 0: the file, 1: its pixels, 2: the most. */
  PICTURE_TOO_LARGE,
  /** 0: the value. */
  NO_SIZE,
  /** 0: the greatest, 1: the value. */
  SEED_OUT_OF_RANGE,
  /** 0: the value. */
  GUIDANCE_OUT_OF_RANGE,
  /** 0: the most, 1: the value. */
  THREADS_OUT_OF_RANGE,
  /** 0: the name. */
  UNKNOWN_STYLE,
  /** 0: the model. */
  NO_STYLES,
  /** 0: what was asked for. */
  UNKNOWN_MODEL,
  /** 0: what was asked for. */
  UNKNOWN_LORA,
  /** 0: what was asked for. */
  UNKNOWN_EMBEDDING,
  /** 0: the folder. */
  ADAPTERS_GO_INTO,
  /** 0: the tag. */
  UNKNOWN_NETWORK,
  /** 0: the name, 1: its SHA-256, 2: the folder. */
  ADAPTER_OF_RECIPE_MISSING,
  /** 0: the name. */
  NO_MODEL_NAME,
  /** 0: the value. */
  UNKNOWN_STORAGE,
  /** 0: the text, 1: why. */
  NO_PATH,
  /** 0: the value. */
  NO_PICTURE_NAME,
  /** 0: the most, 1: the name. */
  NAME_TOO_LONG,
  /** 0: the folder. */
  NO_FOLDER,
  /** 0: the folder. */
  FOLDER_DENIED,
  /** 0: the folder, 1: why. */
  FOLDER_UNWRITABLE,
  /** 0: pictures, 1: width, 2: height, 3: the most pixels. */
  SHEET_TOO_LARGE,
  NO_TERMINAL,
  NO_PREVIEW,
  /** 0: the value. */
  UNKNOWN_PREVIEW,
  /** 0: the model. */
  WEIGHTS_DAMAGED,
  /** 0: the model. */
  OPENING,
  DRAWING,
  /** 0: which, 1: of how many. */
  DRAWING_ONE_OF,
  /** 0: a number. */
  SECONDS,
  /** 0: the seed, 1: the time. */
  DRAWN,
  /** 0: which, 1: of how many, 2: the seed, 3: the time. */
  DRAWN_ONE_OF,
  /** 0: a label, 1: its value. */
  LABELLED,
  /** 0: any number. */
  NUMBER,
  UNKNOWN,
  NONE,
  /** 0: the picture. */
  NO_RECIPE,
  /** 0: the picture. */
  NO_RECIPE_TO_REPEAT,
  /** 0: the picture, 1: why. */
  RECIPE_UNUSABLE,
  /** 0: the model, 1: the models folder. */
  MODEL_OF_RECIPE_MISSING,
  /** 0: the picture, 1: the option. */
  NO_START,
  /** 0: the picture, 1: the file it was drawn from, 2: the option. */
  START_MISSING,
  /** 0: the file, 1: its SHA-256, 2: SHA-256 in the recipe, 3: the option. */
  OTHER_START,
  /** 0: how many pixels. */
  IDENTICAL,
  /** 0: how many, 1: of how many, 2: the largest difference, 3: PSNR. */
  DIFFERENT,
  /** 0, 1: size of the file; 2, 3: of the recipe. */
  SIZE_CHANGED,
  /** 0: what the file says. */
  NOT_USED,
  /** 0: how many. */
  SEVERAL_SAMPLERS,
  /** 0: the strength. */
  FOREIGN_START,
  /** 0: its name. */
  FOREIGN_SAMPLER,
  /** 0: its name. */
  FOREIGN_SCHEDULE,
  /** 0: the program. */
  FOREIGN_WEIGHTS,
  FOREIGN_NOISE_GRAPHICS,
  FOREIGN_NOISE_UNKNOWN,
  /** 0: labels of what is not said. */
  FOREIGN_UNSAID,
  /** 0: a label, 1: its value. */
  FOREIGN_IMPOSSIBLE,
  /** 0: the seed. */
  FOREIGN_SEED,
  /** 0: the model in the file, 1: the model here. */
  FOREIGN_MODEL,
  /** 0: the picture. */
  FOREIGN_MODEL_UNSAID,
  /** 0: the picture. */
  FOREIGN_NEEDS_OUT,
  /** 0: the option, 1: the picture. */
  FOREIGN_NO_START,
  /** 0: SHA-256 in the recipe, 1: here. */
  OTHER_WEIGHTS,
  LABEL_PROMPT,
  LABEL_NEGATIVE,
  LABEL_SEED,
  LABEL_SIZE,
  LABEL_STEPS,
  LABEL_GUIDANCE,
  LABEL_RESCALE,
  LABEL_SAMPLER,
  LABEL_SCHEDULE,
  LABEL_SYNTAX,
  LABEL_CLIP_SKIP,
  LABEL_BACKGROUND,
  LABEL_FROM,
  LABEL_STRENGTH,
  LABEL_MASK,
  LABEL_MARGINS,
  /** 0: left, 1: right, 2: above, 3: below. */
  MARGINS,
  LABEL_TILING,
  LABEL_VARIATION,
  LABEL_VARIATION_STRENGTH,
  LABEL_SECOND_PASS,
  /** 0: width, 1: height, 2: how it is enlarged, 3: steps, 4: strength. */
  SECOND_PASS,
  LABEL_PRECISION,
  LABEL_LORA,
  LABEL_EMBEDDING,
  LABEL_MODEL,
  LABEL_MODEL_HASH,
  LABEL_NOISE,
  NOISE_PROCESSOR,
  NOISE_GRAPHICS,
  LABEL_WEIGHTS,
  LABEL_SOFTWARE,
  LABEL_LICENCE,
  LABEL_ARCHITECTURE,
  LABEL_PARAMETERS,
  LABEL_USUALLY,
  LABEL_STYLES,
  LABEL_THINGS,
  LABEL_UNUSABLE,
  /** 0: millions, 1: megabytes. */
  PARAMETERS,
  /** 0: side, 1: steps, 2: guidance. */
  USUALLY,
  THINGS,
  NOTHING_TAUGHT,
  NO_CARD,
  /** 0: the file. */
  CARD_GOES_ON,
  NOT_THERE_YET,
  /** 0: the model. */
  MODEL_ADDED,
  /** 0: the model. */
  MODEL_NOT_INTACT,
  /** 0: the name. */
  NOT_IN_INDEX,
  /** 0: the file. */
  FILE_MISSING,
  /** 0: the file. */
  FILE_CHANGED,
  /** 0: the file. */
  FILE_UNREADABLE,
  LABEL_ORIGIN,
  LABEL_TRIGGERS,
  /** 0: a number. */
  MEGABYTES,
  /** 0: the text. */
  NO_ADDRESS,
  /** 0: the model, 1: how many files, 2: megabytes. */
  OFFERED,
  /** 0: the address. */
  LICENCE_PAGE,
  LICENCE_NOT_ASKED,
  LICENCE_QUESTION,
  YES,
  /** 0: the model. */
  LICENCE_NOT_ACCEPTED,
  /** 0: the model. */
  FETCHING,
  FETCHING_PACKAGES,
  READING_PACKAGES,
  LOOKING_FOR_PICTURES,
  RENDERING,
  /** 0: how many drawings, 1: side in pixels, 2: the folder. */
  CORPUS_BUILT,
  /** 0: how many, 1: the first, 2: why. */
  SKIPPED,
  /** 0: how many drawings, 1: how many concepts, 2: side in pixels. */
  CORPUS_HOLDS,
  /** 0: how many to learn from, 1: of unseen concepts, 2: of unseen pairs. */
  CORPUS_HELD_OUT,
  ONE_SOURCE,
  LANGUAGE_WITHOUT_FOLDER,
  /** 0: what was given. */
  NO_LANGUAGE,
  /** 0: the tarball. */
  PACKAGE_BROKEN,
  /** 0: the package, 1: its checksum. */
  PACKAGE_DIFFERS,
  /** 0: the folder, 1: why. */
  PACKAGE_UNWRITABLE,
  /** 0: the program. */
  NO_PACKAGE_CLIENT,
  /** 0: the package, 1: the client's exit code, 2: what it said. */
  PACKAGE_UNREACHABLE,
  /** 0: what was asked for. */
  NO_SUCH_MODEL,
  ONE_ACCESS,
  /** 0: the file. */
  NO_TEXT_FILE,
  /** 0: the greatest, 1: the value. */
  PORT_OUT_OF_RANGE,
  /** 0: the most, 1: the value. */
  WORKERS_OUT_OF_RANGE,
  STUDIO_IS_AT,
  SERVER_IS_AT,
  NO_BROWSER,
  STOPPED,
  /** 0: the token. */
  TOKEN_IS,
  /** 0: the user, 1: the token. */
  TOKEN_OF_USER,
  /** 0: the folder. */
  NO_STUDIO,
  /** 0: the address, 1: why. */
  STUDIO_SILENT,
  QUEUE_EMPTY,
  QUEUE_PAUSED,
  QUEUE_GOES_ON,
  JOB_QUEUED,
  JOB_HELD,
  JOB_RUNNING,
  JOB_FINISHED,
  JOB_FAILED,
  JOB_CANCELLED,
  /** 0: the value. */
  NO_JOB_ID,
  /** 0: the most, 1: the value. */
  MOST_OUT_OF_RANGE,
  /** 0: how many are shown, 1: how many there are. */
  FOUND,
  /** 0: how many pictures. */
  REBUILT,
  /** 0: the file. */
  IMPORT_ADDED,
  /** 0: the file. */
  IMPORT_PRESENT,
  /** 0: the file, 1: why. */
  IMPORT_REFUSED,
  NO_GALLERY_YET,
  LABEL_SYSTEM,
  LABEL_JAVA,
  LABEL_PROCESSOR,
  /** 0: name, 1: cores, 2: features. */
  PROCESSOR,
  LABEL_THREADS,
  LABEL_MEMORY,
  /** 0: mebibytes of the machine, 1: of Java. */
  MEMORY,
  LABEL_LANGUAGE,
  LABEL_TERMINAL,
  /** 0: columns, 1: lines, 2: ways to show pictures. */
  TERMINAL,
  NOT_A_TERMINAL,
  LABEL_MODELS_FOLDER,
  LABEL_LIBTORCH,
  /** 0: the model. */
  MODEL_INTACT,
  LABEL_SELF_TEST,
  /** 0: side, 1: steps, 2: seconds. */
  SELF_TEST_PASSED,
  /** 0: how many pixels, 1: of how many. */
  NOT_DETERMINISTIC,
  /** 0: what is wrong. */
  FAULT,
  HEALTHY,
  /** 0: how many. */
  FAULTS,
  /** 0: the file. */
  NO_PROMPTS,
  ENCODING_PICTURES,
  LEARNING_WORDS,
  LEARNING_TO_DRAW,
  LEARNING_TO_COPY,
  /** 0: PSNR in decibels, 1: SSIM, 2: edge error in percent. */
  COPIED_WITH,
  /** 0: the folder. */
  AUTOENCODER_TRAINED,
  SIZES_OF_ANOTHER,
  /** 0: the value. */
  MINUTES_OUT_OF_RANGE,
  /** 0: what is trained, 1: the loss, 2: samples in a second. */
  TRAINING_AT,
  /** 0: as above, 1: the step, 2: of how many, 3: the time left. */
  TRAINING_LINE,
  /** 0: the file. */
  SHEET_DRAWN,
  /** 0: the folder. */
  TRAINED,
  TRAINING_PAUSED,
  /**
   * 0: the language, 1: tokens a word, 2: share of words that are one, 3: tokens of the longest
   * caption, 4: share of captions that are too long, 5: how long they may be.
   */
  TOKENIZER_COVERAGE,
  TRAINING_JUDGE,
  /** 0: the folder. */
  JUDGE_TRAINED,
  /** 0: the folder. */
  NO_JUDGE,
  JUDGING_CORPUS,
  EVALUATING,
  /** 0: the page. */
  EVALUATED,
  /** 0: what was given. */
  OUT_IS_NO_FOLDER,
  /** 0: the folder, 1: why. */
  OUT_UNWRITABLE,
  /** 0: the seed. */
  NOISY_LEVELS,
  NO_NOISE,
  /** 0: from 0 to 1. */
  NOISE_SHARE,
  BELIEVED_AT_ONCE,
  /** 0: the seed. */
  NOISY_STEPS,
  BEFORE_STEPS,
  /** 0: the number of the step. */
  AFTER_STEP,
  BELIEVED_STEPS,
  /** 0: the number of the step. */
  IN_STEP,
  /** 0: PSNR in decibels. */
  THROUGH_AUTOENCODER,
  /** 0: how many. */
  PICTURE_OF_NUMBERS,
  /** 0: of how many numbers. */
  RESTORED,
  /** 0: how many times stronger than it is. */
  DIFFERENCE,
  /** 0: how many planes. */
  LATENT,
  /** 0: width, 1: height. */
  LATENT_PLANE,
  WITHOUT_WORDS,
  /** 0: the phrase. */
  WITH_WORDS,
  /** 0: the seed. */
  OF_SEED,
  /** 0: the phrase, 1: the seed. */
  GUIDED_MORE,
  /** 0: the scale. */
  OF_GUIDANCE,
  /** 0: the phrase, 1: the other. */
  BETWEEN_PHRASES,
  /** 0: the seed, 1: the other. */
  BETWEEN_NOISES,
  /** 0: from 0 to 1. */
  SHARE;

  /** {@return the key in the bundles} */
  String key() {
    return "text." + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
