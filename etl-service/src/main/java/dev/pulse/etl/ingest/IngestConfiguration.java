package dev.pulse.etl.ingest;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Connections of their own for storing pages. A page's transaction locks the lease of its run, so
 * the server itself ends one whose client has stalled: otherwise a stopped process could keep its
 * run from being taken over. A client that stops between two statements is found idle, and one that
 * stops in the middle of sending one only by the limit for the whole transaction, which PostgreSQL
 * has since version 17.
 */
@Configuration
@EnableConfigurationProperties(IngestSettings.class)
class IngestConfiguration {

  @Bean(defaultCandidate = false)
  @Qualifier("ingest")
  DataSource ingestDataSource(
      DataSourceProperties database,
      IngestSettings settings,
      @Value("${pulse.runs.lease:15s}") Duration lease) {
    var pool = database.initializeDataSourceBuilder().type(HikariDataSource.class).build();
    pool.setPoolName("ingest");
    pool.setSchema("etl");
    pool.setMaximumPoolSize(settings.partitionsAtOnce() + 2);
    pool.setMinimumIdle(0);
    pool.setConnectionTimeout(Math.max(1_000, lease.toMillis()));
    pool.addDataSourceProperty("socketTimeout", Math.max(30, lease.toSeconds() * 2));
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    // Losing the last commits in a crash of the database is harmless here: rows and checkpoint are
    // lost together, and the walk reads those pages again.
    pool.setConnectionInitSql(
        """
        set synchronous_commit = off;
        set idle_in_transaction_session_timeout = %d;
        set statement_timeout = %d;
        select set_config('transaction_timeout', '%d', false)
        where current_setting('server_version_num')::int >= 170000
        """
            .formatted(lease.toMillis() / 3, lease.toMillis() * 9 / 10, lease.toMillis() * 2));
    return pool;
  }

  @Bean(defaultCandidate = false)
  @Qualifier("ingest")
  JdbcTemplate ingestJdbc(@Qualifier("ingest") DataSource dataSource) {
    return new JdbcTemplate(dataSource);
  }

  @Bean(defaultCandidate = false)
  PlatformTransactionManager ingestTransactions(@Qualifier("ingest") DataSource dataSource) {
    return new JdbcTransactionManager(dataSource);
  }

  @Bean
  Checkpoints checkpoints(@Qualifier("ingest") JdbcTemplate ingest) {
    return new Checkpoints(JdbcClient.create(ingest));
  }
}
