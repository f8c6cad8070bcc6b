package dev.pulse.local.github;

import dev.pulse.local.github.IssueFields.Timeline;
import dev.pulse.local.world.CodeIssue;
import dev.pulse.local.world.CodeIssue.Event;
import dev.pulse.local.world.CodeIssue.Target;
import dev.pulse.local.world.PullRequest.Commit;
import dev.pulse.local.world.TimelineEvent;
import graphql.schema.idl.RuntimeWiring;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What happened to issues, in GraphQL. Closing and opening again are shared with pull requests. */
final class IssueEventFields {

  private static final long FIRST_REPOSITORY = 9_000;

  private final Hub hub;
  private final IssuePages pages;

  IssueEventFields(Hub hub, IssuePages pages) {
    this.hub = hub;
    this.pages = pages;
  }

  void wire(RuntimeWiring.Builder wiring) {
    timeline(wiring);
    Fields.of(wiring, TimelineEvent.class, "ClosedEvent", "ReopenedEvent")
        .plain("stateReason", row -> row instanceof Event event ? event.text() : null);
    Fields.of(wiring, TimelineEvent.class, "ClosedEvent").plain("closer", this::closer);
    Fields.of(wiring, Event.class, "AssignedEvent", "UnassignedEvent")
        .plain("assignee", event -> PullFields.known(event.person()));
    Fields.of(wiring, Event.class, "LabeledEvent", "UnlabeledEvent").plain("label", Event::text);
    Fields.of(wiring, Event.class, "MilestonedEvent", "DemilestonedEvent")
        .plain("milestoneTitle", Event::text);
    Fields.of(wiring, Event.class, "RenamedTitleEvent")
        .plain("currentTitle", Event::text)
        .plain("previousTitle", Event::before);
    Fields.of(wiring, Event.class, "CrossReferencedEvent")
        .plain("isCrossRepository", _ -> false)
        .plain("willCloseTarget", event -> target(event).closes())
        .plain("source", event -> shown(target(event)))
        .plain("target", event -> hub.issues().issue(event.issue()));
    Fields.of(wiring, Event.class, "ConnectedEvent", "DisconnectedEvent")
        .plain("isCrossRepository", _ -> false)
        .plain("source", event -> hub.issues().issue(event.issue()))
        .plain("subject", event -> shown(target(event)));
    Fields.of(wiring, Event.class, "MarkedAsDuplicateEvent", "UnmarkedAsDuplicateEvent")
        .plain("canonical", event -> shown(target(event)))
        .plain("duplicate", event -> hub.issues().issue(event.issue()));
    Fields.of(wiring, Event.class, "ParentIssueAddedEvent", "ParentIssueRemovedEvent")
        .plain("parent", event -> shown(target(event)));
    Fields.of(wiring, Event.class, "TransferredEvent")
        .plain("fromRepository", event -> shown(target(event)));
  }

  /** What an event points to; null if it is gone, or hidden. */
  @Nullable Object shown(Target target) {
    return switch (target.kind()) {
      case PULL -> hub.pull(target.index());
      case ISSUE -> pages.at(target.index()).orElse(null);
      case REPOSITORY -> hub.repository(FIRST_REPOSITORY + target.index()).orElse(null);
      case COMMIT -> null;
    };
  }

  private @Nullable Object closer(TimelineEvent row) {
    if (!(row instanceof Event event) || event.target() == null) return null;
    Target by = target(event);
    return by.kind() == CodeIssue.Kind.COMMIT
        ? new Commit(by.sha(), event.actor(), "", event.at(), List.of())
        : shown(by);
  }

  private static Target target(Event event) {
    return Objects.requireNonNull(event.target());
  }

  private static void timeline(RuntimeWiring.Builder wiring) {
    Fields.of(wiring, Timeline.class, "IssueTimelineItemsConnection")
        .plain("nodes", row -> row.page().nodes())
        .plain("pageInfo", row -> row.page().pageInfo())
        .plain("totalCount", row -> row.issue().events().size())
        .plain("filteredCount", row -> row.page().totalCount())
        .plain("updatedAt", row -> row.issue().updated());
    Fields.of(
            wiring,
            Event.class,
            "AssignedEvent",
            "UnassignedEvent",
            "LabeledEvent",
            "UnlabeledEvent",
            "MilestonedEvent",
            "DemilestonedEvent",
            "RenamedTitleEvent",
            "CrossReferencedEvent",
            "ConnectedEvent",
            "DisconnectedEvent",
            "MarkedAsDuplicateEvent",
            "UnmarkedAsDuplicateEvent",
            "ParentIssueAddedEvent",
            "ParentIssueRemovedEvent",
            "TransferredEvent")
        .plain("id", Event::id)
        .plain("actor", event -> PullFields.known(event.actor()))
        .plain("createdAt", Event::at);
  }
}
