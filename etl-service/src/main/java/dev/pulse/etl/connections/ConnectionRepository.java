package dev.pulse.etl.connections;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;

interface ConnectionRepository extends JpaRepository<Connection, Long> {

  boolean existsByNameAndIdNot(String name, long id);

  List<Connection> findByIdGreaterThanOrderById(long after, Limit limit);
}
