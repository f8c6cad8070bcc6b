package dev.pulse.etl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class StartTest extends EtlTest {

  @Autowired JdbcClient jdbc;

  @Test
  void the_service_starts_on_an_empty_database_and_makes_its_tables() {
    var tables =
        jdbc.sql("select count(*) from information_schema.tables where table_schema = 'etl'")
            .query(Long.class)
            .single();

    assertThat(tables).isGreaterThan(25);
  }
}
