package dev.pulse.etl.connectors.aha;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A kind of record that is planned in Aha!, and the fields that are asked for. Fields that change
 * by themselves, such as the progress, are not: they would make every record look changed.
 */
enum AhaKind {
  FEATURE(
      true,
      false,
      "workflow_kind,start_date,due_date,status_changed_on,score,release,epic,initiative,goals"),
  EPIC(true, true, "start_date,due_date,status_changed_on,score,release,initiative,goals"),
  IDEA(true, false, "score,votes,visibility,status_changed_at,product,feature,duplicate_of"),
  INITIATIVE(true, true, "start_date,end_date,score,effort,value,parent,goals"),
  /** Their list knows no filter by time. */
  GOAL(false, true, "effort,value,parent,success_metric"),
  RELEASE(
      true,
      false,
      "theme,owner,start_date,release_date,end_date,development_started_on,external_release_date,"
          + "released,released_on,parking_lot,master_release,goals,initiatives");

  /** Those that are rows of one table: all but releases. */
  static final List<AhaKind> ITEMS = List.of(FEATURE, IDEA, EPIC, INITIATIVE, GOAL);

  private static final String COMMON =
      "id,reference_num,name,created_at,updated_at,product_id,project,url,description,"
          + "workflow_status,created_by_user,assigned_to_user,tags,custom_fields,integration_fields";

  private final boolean bySince;
  private final boolean inLines;
  private final String fields;

  AhaKind(boolean bySince, boolean inLines, String fields) {
    this.bySince = bySince;
    this.inLines = inLines;
    this.fields = fields;
  }

  /** What the tables call it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What Aha! calls a list of them. */
  String list() {
    return word() + "s";
  }

  /** Whether a list of them can be cut to what was changed since a time. */
  boolean bySince() {
    return bySince;
  }

  /** Whether a line of products has some of its own; it shows those of its workspaces besides. */
  boolean inLines() {
    return inLines;
  }

  List<String> fields() {
    return Stream.of(COMMON, fields).flatMap(all -> Stream.of(all.split(","))).toList();
  }

  String asked() {
    return String.join(",", fields());
  }
}
