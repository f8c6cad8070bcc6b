package dev.pulse.etl.platform.json;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** Reads what sources answer, which is hostile input: nesting and sizes are bounded. */
public final class SourceJson {

  public static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(200)
                          .maxStringLength(20_000_000)
                          .maxNumberLength(400)
                          .build())
                  .build())
          .build();

  private SourceJson() {}
}
