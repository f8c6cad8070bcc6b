package dev.pulse.backend.dashboard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Keeps answers in the memory of this node. */
@Component
class MemoryCache implements AnswerCache {

  private static final long MOST_CHARACTERS = 16 * 1024 * 1024;

  private final Cache<String, Kept> answers;

  MemoryCache(DashboardSettings settings) {
    this.answers =
        Caffeine.newBuilder()
            .maximumWeight(MOST_CHARACTERS)
            .weigher((String key, Kept answer) -> key.length() + answer.json().length())
            .expireAfterWrite(settings.keep())
            .build();
  }

  @Override
  public Optional<Kept> find(String key) {
    return Optional.ofNullable(answers.getIfPresent(key));
  }

  @Override
  public void keep(String key, Kept answer) {
    answers.put(key, answer);
  }
}
