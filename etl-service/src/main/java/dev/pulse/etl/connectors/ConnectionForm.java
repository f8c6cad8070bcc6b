package dev.pulse.etl.connectors;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person fills in to connect a source.
 *
 * @param fields in the order they are asked
 * @param rights what the token must be allowed to do, in the vendor's words
 */
public record ConnectionForm(List<Field> fields, List<Right> rights) {

  public ConnectionForm {
    fields = List.copyOf(fields);
    rights = List.copyOf(rights);
  }

  public enum FieldType {
    TEXT,
    URL,
    SECRET,
    SELECT,
    LIST,
    SCOPE
  }

  /**
   * One question of the form.
   *
   * @param name key in {@code settings}, or in {@code secrets} if the type is SECRET
   * @param defaultValue used when the person leaves the field empty; null if there is none
   * @param options the choices of a SELECT, else empty
   */
  public record Field(
      String name,
      FieldType type,
      String label,
      String help,
      boolean required,
      @Nullable String defaultValue,
      List<String> options) {

    public Field {
      options = List.copyOf(options);
    }

    public static Field required(String name, FieldType type, String label, String help) {
      return new Field(name, type, label, help, true, null, List.of());
    }

    public static Field optional(
        String name, FieldType type, String label, String help, @Nullable String defaultValue) {
      return new Field(name, type, label, help, false, defaultValue, List.of());
    }
  }

  /**
   * A right the token needs.
   *
   * @param name as the vendor writes it on the token's page
   * @param why which records cannot be read without it
   */
  public record Right(String name, String why, boolean required) {}
}
