package dev.pulse.etl.connections;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.NativeQuery;

interface ConnectionRepository extends JpaRepository<Connection, Long> {

  boolean existsByNameAndIdNot(String name, long id);

  /**
   * Whether anything was read of it: its rows and checkpoints belong to the source they came from.
   */
  @NativeQuery("select exists (select from checkpoint where connection_id = ?1)")
  boolean wasRead(long id);
}
