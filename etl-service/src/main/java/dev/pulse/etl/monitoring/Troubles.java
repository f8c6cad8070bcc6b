package dev.pulse.etl.monitoring;

import dev.pulse.model.Attention;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** All that a person has to do, or would ask about. */
@Service
class Troubles {

  private final JobTroubles jobs;
  private final DataTroubles data;
  private final Certificates certificates;

  Troubles(JobTroubles jobs, DataTroubles data, Certificates certificates) {
    this.jobs = jobs;
    this.data = data;
    this.certificates = certificates;
  }

  /** Of the connections that whoever asks may see; the most urgent first, then the oldest. */
  @Transactional(readOnly = true)
  public List<Attention> all() {
    return Stream.of(jobs.all(), data.all(), certificates.all())
        .flatMap(List::stream)
        .sorted(Attention.MOST_URGENT_FIRST)
        .toList();
  }
}
