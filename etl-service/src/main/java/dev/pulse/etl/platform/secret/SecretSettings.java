package dev.pulse.etl.platform.secret;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the keys are that seal secrets.
 *
 * @param kekFile file of key-encryption keys, one per line as {@code keyId:base64 of 32 bytes}; the
 *     first seals, all open
 */
@ConfigurationProperties("pulse.secrets")
public record SecretSettings(@Nullable Path kekFile) {}
