package io.songe.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Talks to a server of this process: politely, or byte by byte. */
final class Client {

  private final int port;

  Client(int port) {
    this.port = port;
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(uri(path));
  }

  HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = to(path);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    HttpRequest.Builder request = to(path).POST(HttpRequest.BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  /** Over a connection of its own: one that waited for a next request may be ended meanwhile. */
  static HttpResponse<String> send(HttpRequest.Builder request) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    return socket;
  }

  /** Sends bytes that need not be HTTP; {@return all that comes back until the connection ends} */
  String raw(String bytes) {
    try (Socket socket = connect()) {
      try {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      } catch (SocketException answeredBeforeTheEnd) {
        // what it answered is there to be read
      }
      return rest(socket);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** A request with headers that java.net.http would not let us set. */
  String request(String line, String... headers) {
    return raw(
        line + " HTTP/1.1\r\nConnection: close\r\n" + String.join("\r\n", headers) + "\r\n\r\n");
  }

  /** What is answered up to the end of some words, for which it waits. */
  static String until(String words, Socket socket) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(words) < 0) {
      int letter = socket.getInputStream().read();
      if (letter < 0) {
        throw new IOException("it ended before '" + words + "': " + text);
      }
      text.append((char) letter);
    }
    return text.toString();
  }

  static String rest(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder text = new StringBuilder();
    try {
      for (int letter = in.read(); letter >= 0; letter = in.read()) {
        text.append((char) letter);
      }
    } catch (SocketTimeoutException stillOpen) {
      text.append("STILL OPEN");
    } catch (SocketException reset) {
      text.append("RESET");
    }
    return text.toString();
  }
}
