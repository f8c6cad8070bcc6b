package dev.pulse.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the simulated sources: the class called {@code …Api} of each folder beside this class. A
 * source is added by adding its folder.
 */
final class Sources {

  private static final String FOLDER = Sources.class.getPackageName().replace('.', '/');

  private Sources() {}

  /** One of each, made from whatever of {@code parts} it asks for; by name. */
  static List<Api> find(Object... parts) {
    try {
      var place = Sources.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      var classes = Path.of(place);
      if (Files.isDirectory(classes)) return make(classes, parts);
      try (FileSystem jar = FileSystems.newFileSystem(classes)) {
        return make(jar.getPath("/"), parts);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException | ReflectiveOperationException e) {
      throw new IllegalStateException("a simulated source cannot be made", e);
    }
  }

  private static List<Api> make(Path classes, Object... parts)
      throws IOException, ReflectiveOperationException {
    var folder = classes.resolve(FOLDER);
    List<String> names;
    try (Stream<Path> files = Files.walk(folder, 2)) {
      names =
          files
              .filter(file -> folder.relativize(file).getNameCount() == 2)
              .filter(file -> file.getFileName().toString().endsWith("Api.class"))
              .map(file -> classes.relativize(file).toString().replaceAll("[/\\\\]", "."))
              .map(name -> name.replaceFirst("\\.class$", ""))
              .toList();
    }
    var made = new ArrayList<Api>();
    for (var name : names) {
      var type = Class.forName(name);
      if (Api.class.isAssignableFrom(type)) made.add((Api) make(type.getConstructors()[0], parts));
    }
    made.sort(Comparator.comparing(Api::name));
    return List.copyOf(made);
  }

  private static Object make(Constructor<?> constructor, Object... parts)
      throws ReflectiveOperationException {
    var given =
        Arrays.stream(constructor.getParameterTypes())
            .map(type -> Arrays.stream(parts).filter(type::isInstance).findFirst().orElseThrow())
            .toArray();
    return constructor.newInstance(given);
  }
}
