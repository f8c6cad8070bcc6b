package dev.pulse.etl.platform.access;

import com.zaxxer.hikari.HikariDataSource;
import dev.pulse.etl.platform.NotStartable;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The second lock, behind {@link Visible}: what a request reads for a caller who sees only some
 * connections is read as a role to which PostgreSQL shows no rows of others, so a query that
 * forgets to ask for the visible ones returns those alone. The policies are in {@code
 * afterMigrate__row_security.sql}.
 */
@Configuration
class RowSecurity {

  static final String ROLE = "pulse_narrowed";

  private static final String POOL = "narrowedDataSource";

  /** A pool of its own, of the same settings; it opens nothing until somebody needs it. */
  @Bean(name = POOL, defaultCandidate = false)
  @Qualifier("narrowed")
  @ConfigurationProperties("spring.datasource.hikari")
  HikariDataSource narrowedDataSource(DataSourceProperties database) {
    var pool = database.initializeDataSourceBuilder().type(HikariDataSource.class).build();
    pool.setPoolName("narrowed");
    return pool;
  }

  /** All pools, also those that are yet to be thought of. */
  @Bean
  static BeanPostProcessor narrowingPools(BeanFactory beans) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource pool && !name.equals(POOL)
            ? new NarrowingDataSource(pool, () -> beans.getBean(POOL, DataSource.class))
            : bean;
      }
    };
  }

  /**
   * Looked at once the database is migrated. Where nothing is signed, everybody sees everything.
   */
  @Bean
  static InitializingBean narrowedOrNotStarted(InternalSettings settings, JdbcClient jdbc) {
    return () -> {
      if (settings.signed() && !usable(jdbc)) {
        var login = jdbc.sql("select quote_ident(session_user)").query(String.class).single();
        throw new NotStartable(
            "let an administrator of the database run once: create role %1$s nologin; grant %1$s to %2$s; because this login may not make the role as which it reads for those who see only some connections"
                .formatted(ROLE, login));
      }
    };
  }

  private static boolean usable(JdbcClient jdbc) {
    return jdbc.sql(
                """
                select count(*)
                from pg_roles
                where rolname = ? and not rolsuper and not rolbypassrls and pg_has_role(oid, 'member')
                """)
            .param(ROLE)
            .query(Long.class)
            .single()
        > 0;
  }
}
