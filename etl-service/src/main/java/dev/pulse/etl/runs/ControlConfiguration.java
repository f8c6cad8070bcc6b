package dev.pulse.etl.runs;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.quartz.autoconfigure.SchedulerFactoryBeanCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Connections of their own for what tells that this node lives. However many requests wait for one
 * of the common connections, the leases of its runs are renewed, and Quartz says in time that it is
 * there: else other nodes would take over what nobody has lost.
 *
 * <p>What an operator does to a schedule stays in the transaction of its request, and so on a
 * common connection.
 */
@Configuration
class ControlConfiguration {

  private static final Duration QUARTZ_WAIT = Duration.ofSeconds(5);

  @Bean(defaultCandidate = false)
  @Qualifier("heartbeat")
  DataSource heartbeatDataSource(DataSourceProperties database, RunSettings settings) {
    return pool("heartbeat", 1, settings.lease().dividedBy(3), database);
  }

  @Bean(defaultCandidate = false)
  @Qualifier("heartbeat")
  JdbcTemplate heartbeatJdbc(@Qualifier("heartbeat") DataSource dataSource) {
    return new JdbcTemplate(dataSource);
  }

  @Bean(defaultCandidate = false)
  @Qualifier("quartz")
  DataSource quartzDataSource(DataSourceProperties database) {
    return pool("quartz", 2, QUARTZ_WAIT, database);
  }

  @Bean
  SchedulerFactoryBeanCustomizer schedulerOnItsOwn(@Qualifier("quartz") DataSource dataSource) {
    return scheduler -> scheduler.setNonTransactionalDataSource(dataSource);
  }

  private static HikariDataSource pool(
      String name, int size, Duration wait, DataSourceProperties database) {
    var pool = database.initializeDataSourceBuilder().type(HikariDataSource.class).build();
    pool.setPoolName(name);
    pool.setSchema("etl");
    pool.setMaximumPoolSize(size);
    pool.setConnectionTimeout(Math.max(1_000, wait.toMillis()));
    pool.addDataSourceProperty("socketTimeout", "60");
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    pool.setConnectionInitSql(
        """
        set idle_in_transaction_session_timeout = '5s';
        select set_config('transaction_timeout', '60s', false)
        where current_setting('server_version_num')::int >= 170000
        """);
    return pool;
  }
}
