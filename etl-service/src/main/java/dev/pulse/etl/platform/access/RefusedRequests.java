package dev.pulse.etl.platform.access;

import dev.pulse.etl.platform.audit.Audit;
import dev.pulse.etl.platform.audit.Audit.Target;
import dev.pulse.etl.platform.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What was not let pass, in the log and in the audit. Of each kind the audit takes so many at once
 * and then one a second, lest whoever is refused fills the database; the next says how many more.
 */
@Component
class RefusedRequests {

  private static final Logger log = LoggerFactory.getLogger(RefusedRequests.class);
  private static final int AT_ONCE = 100;
  private static final Duration ONE_EVERY = Duration.ofSeconds(1);
  private static final int LONGEST = 300;

  private final Audit audit;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final Map<String, Allowance> allowances = new ConcurrentHashMap<>();

  RefusedRequests(Audit audit, TransactionTemplate transaction, Clock clock) {
    this.audit = audit;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Why a request was refused.
   *
   * @param address from which it came
   * @param unrecorded how many refusals since the one before are not in the audit
   */
  private record Refused(String code, String address, long unrecorded) {}

  /** The problem to answer with, when it has been written down. */
  Problem of(HttpServletRequest request, HttpStatus status, String code, String detail) {
    var what = shortened(request.getMethod() + " " + request.getRequestURI());
    log.info("Refused {} from {}: {}", what, request.getRemoteAddr(), code);
    record(what, request.getRemoteAddr(), code);
    var title =
        status == HttpStatus.FORBIDDEN
            ? "You may not do this"
            : "It is not proved who sent the request";
    return new Problem(
        status, code, title, detail, "Ask through the gateway, as somebody who may.", List.of());
  }

  private void record(String what, String address, String code) {
    var allowance = allowances.computeIfAbsent(code, _ -> new Allowance());
    long before = allowance.admit(clock.instant());
    if (before < 0) return;
    try {
      transaction.executeWithoutResult(
          _ ->
              audit.record(
                  "request.refuse",
                  new Target("request", what),
                  null,
                  null,
                  new Refused(code, address, before)));
    } catch (RuntimeException e) { // it is refused all the same
      log.warn("The refusal is not in the audit", e);
    }
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  /** How many refusals of one kind the audit still takes. */
  private static final class Allowance {

    private Instant paidUntil = Instant.EPOCH;
    private long unrecorded;

    /** How many were left out before this one; -1 = this one is to be left out too. */
    private synchronized long admit(Instant now) {
      var earliest = now.minus(ONE_EVERY.multipliedBy(AT_ONCE));
      if (paidUntil.isBefore(earliest)) paidUntil = earliest;
      if (paidUntil.isAfter(now)) {
        unrecorded++;
        return -1;
      }
      paidUntil = paidUntil.plus(ONE_EVERY);
      long before = unrecorded;
      unrecorded = 0;
      return before;
    }
  }
}
