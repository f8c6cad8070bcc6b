package dev.pulse.etl.runs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.quartz.SchedulerConfigException;
import org.quartz.spi.ClassLoadHelper;
import org.quartz.spi.SchedulerSignaler;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.scheduling.quartz.LocalDataSourceJobStore;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;

/**
 * Quartz's tables for one of several nodes in this JVM: Quartz knows connections by the name of the
 * cluster, and so would give all nodes those of the last one.
 */
@SuppressWarnings("unchecked") // of what it inherits
public class InJvmJobStore extends LocalDataSourceJobStore {

  private final String name = UUID.randomUUID().toString();

  @Override
  public void initialize(ClassLoadHelper loadHelper, SchedulerSignaler signaler)
      throws SchedulerConfigException {
    var source = SchedulerFactoryBean.getConfigTimeDataSource();
    var own = SchedulerFactoryBean.getConfigTimeNonTransactionalDataSource();
    if (source == null || own == null) throw new SchedulerConfigException("no data source");
    var all = DBConnectionManager.getInstance();
    all.addConnectionProvider("tx:" + name, new Own(() -> DataSourceUtils.doGetConnection(source)));
    all.addConnectionProvider(name, new Own(own::getConnection));
    super.initialize(loadHelper, signaler);
  }

  @Override
  public String getDataSource() {
    return "tx:" + name;
  }

  @Override
  public String getNonManagedTXDataSource() {
    return name;
  }

  private interface Opening {
    Connection open() throws SQLException;
  }

  /** Connections of a node's own pool, which the node itself closes. */
  private record Own(Opening opening) implements ConnectionProvider {

    @Override
    public Connection getConnection() throws SQLException {
      return opening.open();
    }

    @Override
    public void shutdown() {}

    @Override
    public void initialize() {}
  }
}
