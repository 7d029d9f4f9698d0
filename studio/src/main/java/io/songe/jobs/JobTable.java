package io.songe.jobs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of jobs in the database. Used by one thread at a time. */
final class JobTable {
  private static final String SELECT =
      "SELECT *, (SELECT group_concat(image) FROM picture WHERE picture.job = job.id) AS images"
          + " FROM job ";

  private static final String UPDATE =
      "UPDATE job SET state = ?, resumed = ?, priority = ?, rank = ?, started = ?, ended = ?,"
          + " frames = ?, failure = ? WHERE id = ?";

  private final JobDatabase database;

  JobTable(JobDatabase database) {
    this.database = database;
  }

  void insert(Row row) {
    database.change(connection ->
        execute(
            connection,
            "INSERT INTO job (id, owner, state, resumed, priority, rank, submitted, frames, task)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row.id(),
            row.owner(),
            row.state().name(),
            row.place().resumed(),
            row.place().priority(),
            row.place().rank(),
            row.submitted().toEpochMilli(),
            row.frames(),
            OrderJson.write(row.order())));
  }

  void update(Collection<Row> rows) {
    database.change(connection -> {
      for (Row row : rows) {
        update(connection, row);
      }
    });
  }

  /** Writes what changes of a job that is over, with what was learned from it. */
  void update(Row row, Optional<Pace.Entry> learned) {
    database.change(connection -> {
      update(connection, row);
      if (learned.isPresent()) {
        Pace.Entry entry = learned.get();
        execute(
            connection,
            "INSERT OR REPLACE INTO pace (model, kind, size, seconds) VALUES (?, ?, ?, ?)",
            entry.key().model(),
            entry.key().kind().name(),
            entry.key().size(),
            entry.seconds());
      }
    });
  }

  private static void update(Connection connection, Row row) throws SQLException {
    execute(
        connection,
        UPDATE,
        row.state().name(),
        row.place().resumed(),
        row.place().priority(),
        row.place().rank(),
        row.started().map(Instant::toEpochMilli).orElse(null),
        row.ended().map(Instant::toEpochMilli).orElse(null),
        row.frames(),
        row.failure().orElse(null),
        row.id());
  }

  void addPicture(String job, int image) {
    database.change(connection ->
        execute(connection, "INSERT INTO picture (job, image) VALUES (?, ?)", job, image));
  }

  /** {@return all jobs that are not over} */
  List<Row> live() {
    return select("WHERE ended IS NULL ORDER BY rank");
  }

  Optional<Row> find(String id) {
    return select("WHERE id = ?", id).stream().findFirst();
  }

  /** {@return an owner's jobs that are over, the latest first} */
  List<Row> over(String owner, int most) {
    return select("WHERE owner = ? AND ended IS NOT NULL ORDER BY rank DESC LIMIT ?", owner, most);
  }

  /** {@return the names of all jobs} */
  List<String> ids() {
    return database.read(
        connection -> query(connection, "SELECT id FROM job", result -> result.getString(1)));
  }

  long lastRank() {
    return database
        .read(connection ->
            query(connection, "SELECT coalesce(max(rank), 0) FROM job", r -> r.getLong(1)))
        .getFirst();
  }

  Map<JobState, Integer> counts() {
    Map<JobState, Integer> counts = new EnumMap<>(JobState.class);
    database.read(connection ->
        query(
            connection,
            "SELECT state, count(*) FROM job GROUP BY state",
            result -> counts.put(JobState.valueOf(result.getString(1)), result.getInt(2))));
    return counts;
  }

  /**
   * Forgets the jobs that were over first.
   *
   * @param kept how many remain
   * @return what was forgotten: name and state
   */
  Map<String, JobState> prune(int kept) {
    Map<String, JobState> forgotten =
        database
            .read(connection ->
                query(
                    connection,
                    "SELECT id, state FROM job WHERE ended IS NOT NULL ORDER BY rank DESC"
                        + " LIMIT -1 OFFSET ?",
                    result -> Map.entry(result.getString(1), JobState.valueOf(result.getString(2))),
                    kept))
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    if (!forgotten.isEmpty()) {
      database.change(connection -> {
        for (String id : forgotten.keySet()) {
          execute(connection, "DELETE FROM job WHERE id = ?", id);
        }
      });
    }
    return forgotten;
  }

  List<Pace.Entry> paces() {
    return database.read(connection ->
        query(
            connection,
            "SELECT model, kind, size, seconds FROM pace",
            result ->
                new Pace.Entry(
                    new Pace.Key(
                        result.getString(1),
                        Pace.Kind.valueOf(result.getString(2)),
                        result.getInt(3)),
                    result.getDouble(4))));
  }

  boolean isPaused() {
    return database
        .read(connection ->
            query(
                connection, "SELECT value FROM setting WHERE name = 'paused'", r -> r.getString(1)))
        .contains("true");
  }

  void setPaused(boolean paused) {
    database.change(connection ->
        execute(
            connection,
            "INSERT OR REPLACE INTO setting (name, value) VALUES ('paused', ?)",
            Boolean.toString(paused)));
  }

  private List<Row> select(String where, Object... arguments) {
    return database.read(connection -> query(connection, SELECT + where, JobTable::row, arguments));
  }

  private static Row row(ResultSet result) throws SQLException {
    return new Row(
        result.getString("id"),
        OrderJson.read(result.getString("task")),
        JobState.valueOf(result.getString("state")),
        new Row.Place(
            result.getBoolean("resumed"), result.getInt("priority"), result.getLong("rank")),
        Instant.ofEpochMilli(result.getLong("submitted")),
        instant(result, "started"),
        instant(result, "ended"),
        images(Optional.ofNullable(result.getString("images"))),
        result.getInt("frames"),
        Optional.ofNullable(result.getString("failure")));
  }

  private static Optional<Instant> instant(ResultSet result, String column) throws SQLException {
    long time = result.getLong(column);
    return result.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(time));
  }

  private static SortedSet<Integer> images(Optional<String> list) {
    return list.stream()
        .flatMap(all -> Stream.of(all.split(",")))
        .map(Integer::valueOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Reads one row of a result. */
  @FunctionalInterface
  private interface Reader<T> {
    T read(ResultSet result) throws SQLException;
  }

  private static <T> List<T> query(
      Connection connection, String sql, Reader<T> reader, Object... arguments)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      List<T> all = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          all.add(reader.read(result));
        }
      }
      return all;
    }
  }

  private static void execute(Connection connection, String sql, @Nullable Object... arguments)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      statement.executeUpdate();
    }
  }
}
