package dev.pulse.local.world;

import java.time.Instant;

/** Something that happened to a pull request or issue; {@code type} is GitHub's name of it. */
public sealed interface TimelineEvent permits PullRequest.Event, CodeIssue.Event {

  String id();

  String type();

  Person actor();

  Instant at();
}
