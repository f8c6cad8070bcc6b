package dev.pulse.model.signing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.IntegerItem;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.Parameters;
import org.greenbytes.http.sfv.ParseException;
import org.greenbytes.http.sfv.Parser;
import org.greenbytes.http.sfv.StringItem;
import org.jspecify.annotations.Nullable;

/**
 * What a signature says of itself. The algorithm is not among it: the key knows its own.
 *
 * @param components the names of what it covers, in order
 * @param created in seconds since 1970, as {@code expires}
 * @param text all of it, as it stands in Signature-Input and is signed itself
 */
record SignatureParameters(
    List<String> components,
    long created,
    long expires,
    String nonce,
    String keyId,
    String tag,
    String text) {

  private static final Set<String> NAMES = Set.of("created", "expires", "nonce", "keyid", "tag");

  SignatureParameters {
    components = List.copyOf(components);
  }

  static SignatureParameters of(
      Collection<String> components, Instant created, Duration life, String nonce, String keyId) {
    var values = new LinkedHashMap<String, Object>();
    values.put("created", created.getEpochSecond());
    values.put("expires", created.plus(life).getEpochSecond());
    values.put("nonce", nonce);
    values.put("keyid", keyId);
    values.put("tag", SignedHeaders.TAG);
    var items = new ArrayList<Item<? extends Object>>();
    for (var component : components) items.add(StringItem.valueOf(component));
    return read(InnerList.valueOf(items).withParams(Parameters.valueOf(values)));
  }

  /**
   * Reads Signature-Input.
   *
   * @throws IllegalArgumentException if it is not exactly one signature of ours, in the one form
   *     that it is written in
   */
  static SignatureParameters parse(String header) {
    if (only(header) instanceof InnerList list) return read(list);
    throw new IllegalArgumentException("Signature-Input has no list of components");
  }

  /**
   * Reads Signature.
   *
   * @throws IllegalArgumentException if it is not exactly one signature of ours
   */
  static byte[] parseSignature(String header) {
    if (only(header) instanceof ByteSequenceItem item) {
      var bytes = new byte[item.get().remaining()];
      item.get().duplicate().get(bytes);
      return bytes;
    }
    throw new IllegalArgumentException("Signature has no bytes");
  }

  /** The one value of a dictionary that has only ours, and is written in the canonical form. */
  private static ListElement<? extends Object> only(String header) {
    try {
      var dictionary = Parser.parseDictionary(header);
      var value = dictionary.get().get(SignedHeaders.LABEL);
      if (value == null || dictionary.get().size() != 1) {
        throw new IllegalArgumentException("there is another signature than ours");
      }
      if (!dictionary.serialize().equals(header)) {
        throw new IllegalArgumentException("the signature is not written in its canonical form");
      }
      return value;
    } catch (ParseException e) {
      throw new IllegalArgumentException("the signature is not a structured field", e);
    }
  }

  private static SignatureParameters read(InnerList list) {
    var values = list.getParams();
    if (!values.keySet().equals(NAMES)) {
      throw new IllegalArgumentException("the signature has other parameters than ours");
    }
    return new SignatureParameters(
        list.get().stream().map(SignatureParameters::text).toList(),
        number(values, "created"),
        number(values, "expires"),
        text(values.get("nonce")),
        text(values.get("keyid")),
        text(values.get("tag")),
        list.serialize());
  }

  private static long number(Map<String, Item<? extends Object>> values, String name) {
    if (values.get(name) instanceof IntegerItem item) return item.getAsLong();
    throw new IllegalArgumentException(name + " is not a number");
  }

  private static String text(@Nullable Item<? extends Object> item) {
    if (item instanceof StringItem string && string.getParams().isEmpty()) return string.get();
    throw new IllegalArgumentException("the signature has a part that is not a plain string");
  }
}
