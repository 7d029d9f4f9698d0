package io.songe.server;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The one page for a browser that has shown no token yet; it needs no script. */
final class Login {
  static final String PATH = "/login";
  static final String FORM = "application/x-www-form-urlencoded";

  private static final String TOKEN = "token";

  private final Credentials credentials;

  Login(Credentials credentials) {
    this.credentials = credentials;
  }

  void addTo(RoutesConfig routes) {
    routes.get(PATH, context -> ask(context, 200, ""));
    routes.post(PATH, this::enter);
    routes.post(
        "/logout",
        context -> {
          credentials.end(context);
          context.status(204);
        });
  }

  /** {@return whether a visitor with a token in the address was let in} */
  boolean welcomes(Context context) {
    String token = context.queryParam(TOKEN);
    if (token == null) {
      return false;
    }
    Optional<Caller> caller = credentials.check(context, token);
    caller.ifPresent(known -> begin(context, known));
    return caller.isPresent();
  }

  private void enter(Context context) {
    Optional<Caller> caller =
        Optional.ofNullable(context.formParam(TOKEN))
            .flatMap(token -> credentials.check(context, token.strip()));
    caller.ifPresentOrElse(
        known -> begin(context, known),
        () -> ask(context, 401, "<p>This token is not known. Ce jeton est inconnu.</p>"));
  }

  /** A page that goes on, since a redirection from another site would not carry the cookie. */
  private void begin(Context context, Caller caller) {
    credentials.begin(context, caller);
    html(
        context,
        200,
        "<meta http-equiv=\"refresh\" content=\"0;url=/\"><p><a href=\"/\">Songe</a></p>");
  }

  /** Asks for a token. */
  void ask(Context context, int status, String remark) {
    html(
        context,
        status,
        """
        <h1>Songe</h1>
        %s
        <form method="post" action="%s">
        <p><label for="token">Token / Jeton</label></p>
        <p><input id="token" name="token" type="password" autocomplete="current-password" required autofocus></p>
        <p><button>Enter / Entrer</button></p>
        </form>
        """
            .formatted(remark, PATH));
  }

  private static void html(Context context, int status, String body) {
    context
        .status(status)
        .contentType("text/html; charset=utf-8")
        .header("Cache-Control", "no-store")
        .result(
            ("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
                    + "<meta name=\"viewport\" content=\"width=device-width\"><title>Songe</title>"
                    + body)
                .getBytes(StandardCharsets.UTF_8));
  }
}
