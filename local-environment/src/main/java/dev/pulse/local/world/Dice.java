package dev.pulse.local.world;

import java.util.List;
import java.util.SplittableRandom;

/** Chance that always falls the same way for the same world, kind of thing and index. */
final class Dice {

  private final SplittableRandom random;

  Dice(long seed, int kind, long index) {
    random = new SplittableRandom(seed * 31 + kind * 1_000_003L + index * 0x9E3779B97F4A7C15L);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean percent(int chance) {
    return random.nextInt(100) < chance;
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** A number that is small most of the time: 0 to {@code most}, half of it being unusual. */
  int few(int most) {
    return (int) (most * random.nextDouble() * random.nextDouble());
  }

  String hex(int digits) {
    var text = new StringBuilder(digits);
    while (text.length() < digits) text.append(Long.toHexString(random.nextLong() | 1L << 62));
    return text.substring(0, digits);
  }
}
