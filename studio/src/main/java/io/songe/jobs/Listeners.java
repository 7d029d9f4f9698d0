package io.songe.jobs;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Who hears of whose jobs. Events are made only if somebody hears them. */
final class Listeners {
  private final Map<String, List<Mailbox>> mailboxes = new ConcurrentHashMap<>();

  Mailbox add(String owner, JobQueue.Previews previews, Consumer<JobEvent> listener) {
    Mailbox mailbox = new Mailbox(previews, listener);
    mailboxes.computeIfAbsent(owner, _ -> new CopyOnWriteArrayList<>()).add(mailbox);
    return mailbox;
  }

  /** {@return whether anybody who hears of an owner's jobs has a use for previews} */
  boolean wantPreviews(String owner) {
    return of(owner).stream().anyMatch(Mailbox::wantsPreviews);
  }

  void tell(String owner, Supplier<JobEvent> event) {
    List<Mailbox> heard = of(owner);
    if (!heard.isEmpty()) {
      JobEvent told = event.get();
      heard.forEach(mailbox -> mailbox.add(told));
    }
  }

  void tellPlace(String owner, Supplier<JobEvent.Queued> event) {
    List<Mailbox> heard = of(owner);
    if (!heard.isEmpty()) {
      JobEvent.Queued told = event.get();
      heard.forEach(mailbox -> mailbox.addPlace(told));
    }
  }

  void tellStep(String owner, Supplier<JobEvent.Stepped> event) {
    List<Mailbox> heard = of(owner);
    if (!heard.isEmpty()) {
      JobEvent.Stepped told = event.get();
      heard.forEach(mailbox -> mailbox.addStep(told));
    }
  }

  /** Nothing more will happen. */
  void finish() {
    mailboxes.values().forEach(all -> all.forEach(Mailbox::finish));
  }

  private List<Mailbox> of(String owner) {
    List<Mailbox> all = mailboxes.getOrDefault(owner, List.of());
    if (!all.stream().allMatch(Mailbox::isOpen)) {
      all.removeIf(mailbox -> !mailbox.isOpen());
    }
    return all;
  }
}
