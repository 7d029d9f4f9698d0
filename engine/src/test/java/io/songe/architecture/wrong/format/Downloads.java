package io.songe.architecture.wrong.format;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.channels.SocketChannel;

/** Wrong: the engine reads what is on the disk. */
public record Downloads(URI allowed, HttpClient client, SocketChannel socket) {}
