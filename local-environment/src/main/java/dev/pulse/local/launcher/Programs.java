package dev.pulse.local.launcher;

import dev.pulse.local.Simulator;
import dev.pulse.local.postgres.LocalPostgres;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How each program of Pulse is started on this machine. */
final class Programs {

  static final String POSTGRES = "postgres";
  static final String SIMULATOR = "simulator";
  static final String SIMULATOR_PROBE = "/_world/faults";
  static final String ETL = "etl-service";
  static final String SECOND_ETL = "etl-service-2";
  static final String BACKEND = "backend-service";
  static final String FRONTEND = "frontend-service";

  /** Short compilation: these programs are judged by how soon they answer. */
  private static final List<String> SMALL =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m");

  /** As in the image (Dockerfile). */
  private static final List<String> AS_IN_PRODUCTION = List.of("-Xmx512m");

  private static final String LOOPBACK = "127.0.0.1";

  private final Checkout checkout;
  private final Ports ports;
  private final Http http;

  Programs(Checkout checkout, Ports ports, Http http) {
    this.checkout = checkout;
    this.ports = ports;
    this.http = http;
  }

  Program postgres(Database database) {
    return new Program(
        POSTGRES,
        ports.postgres(),
        ownClasses(
            // what PostgreSQL is unpacked into stays inside the checkout
            List.of(
                "-XX:+UseSerialGC", "-Xmx256m", "-Djava.io.tmpdir=" + checkout.postgresBinaries()),
            LocalPostgres.class.getName(),
            List.of(
                checkout.postgres().toString(),
                "" + ports.postgres(),
                database.superuserPasswordFile().toString())),
        Map.of(),
        "", // it serves on while everything else is built again
        database::answers);
  }

  Program simulator(long scale) {
    return new Program(
        SIMULATOR,
        ports.simulator(),
        ownClasses(
            List.of("-XX:+UseSerialGC", "-Dsun.net.httpserver.nodelay=true"),
            Simulator.class.getName(),
            List.of("" + ports.simulator(), "" + scale)),
        Map.of(),
        ServiceJar.version(checkout.jar("local-environment")),
        () -> http.answers(url(SIMULATOR).resolve(SIMULATOR_PROBE)));
  }

  /**
   * The data engine.
   *
   * @param sourcesOnLoopback lets connections reach this very machine: right for the demo alone
   * @param more settings, by the names of environment variables
   */
  Program etl(
      Database database, Secrets secrets, boolean sourcesOnLoopback, Map<String, String> more) {
    return etl(ETL, ports.etlManagement(), database, secrets, sourcesOnLoopback, more);
  }

  /** One more node of the data engine, on the same database. */
  Program secondEtl(
      Database database, Secrets secrets, boolean sourcesOnLoopback, Map<String, String> more) {
    var management = ports.secondEtlManagement();
    return etl(SECOND_ETL, management, database, secrets, sourcesOnLoopback, more);
  }

  private Program etl(
      String name,
      int managementPort,
      Database database,
      Secrets secrets,
      boolean sourcesOnLoopback,
      Map<String, String> more) {
    var environment = new TreeMap<>(more);
    environment.putAll(using(database));
    environment.put("PULSE_SECRETS_KEK_FILE", secrets.keyRing().toString());
    environment.put("PULSE_INTERNAL_KEYS_FILE", secrets.internalKeys().toString());
    environment.put("LOGGING_FILE_NAME", checkout.logs().resolve(name + ".jsonl").toString());
    environment.put("MANAGEMENT_SERVER_PORT", "" + managementPort);
    if (sourcesOnLoopback) {
      environment.put("PULSE_SOURCES_ALLOWED_NETWORKS", "127.0.0.0/8,::1/128");
    }
    return service(name, ETL, List.of("-Xmx512m"), environment);
  }

  /**
   * The gateway.
   *
   * @param more settings, by the names of environment variables
   */
  Program backend(Database database, Secrets secrets, Map<String, String> more) {
    return backend(SMALL, database, secrets, more);
  }

  /** The same, compiled as far as in production: to be measured. */
  Program measuredBackend(Database database, Secrets secrets, Map<String, String> more) {
    return backend(AS_IN_PRODUCTION, database, secrets, more);
  }

  private Program backend(
      List<String> options, Database database, Secrets secrets, Map<String, String> more) {
    var environment = new TreeMap<>(more);
    environment.putAll(using(database));
    environment.put("PULSE_ETL_URL", "" + url(ETL));
    environment.put("PULSE_PUBLIC_URL", "http://localhost:" + ports.frontend());
    environment.put("PULSE_AUTH_KEYS_FILE", secrets.authKeys().toString());
    environment.put("PULSE_INTERNAL_KEYS_FILE", secrets.internalKeys().toString());
    environment.put("PULSE_SCRIPTS_TOKEN_FILE", secrets.scriptToken().toString());
    environment.put("PULSE_ADMIN_PASSWORD_FILE", secrets.administratorPassword().toString());
    return service(BACKEND, BACKEND, options, environment);
  }

  private static Map<String, String> using(Database database) {
    return Map.of(
        "SPRING_DATASOURCE_URL", database.jdbcUrl(),
        "SPRING_DATASOURCE_USERNAME", Database.USER,
        "SPRING_DATASOURCE_PASSWORD", Secrets.read(database.passwordFile()));
  }

  Program frontend() {
    return service(FRONTEND, FRONTEND, SMALL, Map.of("PULSE_GATEWAY_URL", "" + url(BACKEND)));
  }

  Program redis(RedisServer redis) {
    int port = ports.redis();
    return new Program(
        RedisServer.NAME, port, redis.command(port), Map.of(), "", () -> RedisServer.answers(port));
  }

  URI redisUrl() {
    return URI.create("redis://%s:%d".formatted(LOOPBACK, ports.redis()));
  }

  /** Where a program is found. */
  URI url(String name) {
    var port = ports(name).getFirst();
    return URI.create("http://%s:%d".formatted(LOOPBACK, port));
  }

  /** Those that a program listens on; the first is the one by which it is found. */
  List<Integer> ports(String name) {
    return switch (name) {
      case POSTGRES -> List.of(ports.postgres());
      case SIMULATOR -> List.of(ports.simulator());
      case ETL -> List.of(ports.etl(), ports.etlManagement());
      case SECOND_ETL -> List.of(ports.secondEtl(), ports.secondEtlManagement());
      case BACKEND -> List.of(ports.gateway());
      case RedisServer.NAME -> List.of(ports.redis());
      case FRONTEND -> List.of(ports.frontend());
      default -> throw new IllegalArgumentException("There is no program " + name);
    };
  }

  private Program service(
      String name, String module, List<String> options, Map<String, String> environment) {
    int port = ports(name).getFirst();
    var jar = ServiceJar.of(checkout, module);
    var command = new ArrayList<String>();
    command.add(Java.executable().toString());
    command.addAll(options);
    command.addAll(List.of("-jar", jar.unpacked(checkout.log("unpack-" + module)).toString()));
    var all = new TreeMap<>(environment);
    all.put("SERVER_PORT", "" + port);
    all.put("SERVER_ADDRESS", LOOPBACK);
    // scripts/pulse logs takes the colours out if need be
    all.putIfAbsent("SPRING_OUTPUT_ANSI_ENABLED", "always");
    return new Program(
        name,
        port,
        command,
        all,
        ServiceJar.version(jar.built()),
        () -> http.answers(url(name).resolve("/health")));
  }

  private static List<String> ownClasses(
      List<String> options, String main, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Java.executable().toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(arguments);
    return command;
  }
}
