package dev.pulse.backend.auth;

import dev.pulse.backend.sessions.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;

/**
 * Removes what no longer counts, and seals again what an old key has sealed. Every node does it;
 * there is nothing to agree on.
 */
@Configuration
@EnableScheduling
class Housekeeping {

  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

  private final Sessions sessions;
  private final Throttle throttle;
  private final SecondFactors factors;

  Housekeeping(Sessions sessions, Throttle throttle, SecondFactors factors) {
    this.sessions = sessions;
    this.throttle = throttle;
    this.factors = factors;
  }

  @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT5M")
  void forgetOld() {
    try {
      int renewed = factors.sealAgain();
      if (renewed > 0) log.info("Sealed {} second factors with the key in front", renewed);
      log.debug("Removed {} sessions and {} buckets", sessions.forgetOld(), throttle.forgetOld());
    } catch (DataAccessException | TransactionException e) {
      log.warn("Old sessions could not be removed; tried again in an hour: {}", e.getMessage());
    }
  }
}
