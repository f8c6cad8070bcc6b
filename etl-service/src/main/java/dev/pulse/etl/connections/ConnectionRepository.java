package dev.pulse.etl.connections;

import java.util.Collection;
import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.NativeQuery;

interface ConnectionRepository extends JpaRepository<Connection, Long> {

  boolean existsByNameAndIdNot(String name, long id);

  /**
   * Whether anything was read of it: its rows and checkpoints belong to the source they came from.
   */
  @NativeQuery("select exists (select from checkpoint where connection_id = ?1)")
  boolean wasRead(long id);

  List<Connection> findByIdGreaterThanOrderById(long after, Limit limit);

  List<Connection> findByIdInAndIdGreaterThanOrderById(
      Collection<Long> ids, long after, Limit limit);
}
