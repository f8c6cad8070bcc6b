package dev.pulse.etl.connectors.github;

/**
 * What is stored of issues, a line of text for each row: of one connection, which is the parameter.
 */
final class GitHubIssueRows {

  static final String ISSUES =
      """
      select concat_ws('|', w.kind, w.key, r.full_name, w.status_id, w.title, w.body, coalesce(w.resolution, '-'),
        coalesce(author.login, '-'), coalesce(assignee.login, '-'), jsonb_array_length(w.extra -> 'assignees'),
        w.labels, coalesce(m.name, '-'), coalesce(parent.key, '-'), extract(epoch from w.created_at)::bigint,
        extract(epoch from w.source_updated_at)::bigint, extract(epoch from w.resolved_at)::bigint, w.url)
      from work_item w
      join repository r on r.connection_id = w.connection_id and r.external_id = w.project_id
      left join account author on author.connection_id = w.connection_id and author.external_id = w.reporter_id
      left join account assignee on assignee.connection_id = w.connection_id and assignee.external_id = w.assignee_id
      left join release m on m.connection_id = w.connection_id and m.kind = 'milestone'
        and m.external_id = w.extra ->> 'milestone' and m.deleted_at is null
      left join work_item parent on parent.connection_id = w.connection_id and parent.external_id = w.parent_id
        and parent.deleted_at is null
      where w.connection_id = ? and w.deleted_at is null
      """;

  static final String CHANGES =
      """
      select concat_ws('|', w.key, c.field, coalesce(c.from_text, '-'), coalesce(c.to_text, '-'),
        coalesce(a.login, '-'), extract(epoch from c.changed_at)::bigint)
      from work_item_change c
      join work_item w on w.connection_id = c.connection_id and w.kind = c.work_item_kind and w.external_id = c.work_item_id
      left join account a on a.connection_id = c.connection_id and a.external_id = c.author_id
      where c.connection_id = ? and c.deleted_at is null and w.deleted_at is null and c.field <> 'parent'
      """;

  static final String HINTS =
      """
      select concat_ws('|', w.key, h.kind, coalesce(p.number::text, h.target_id))
      from link_hint h
      join work_item w on w.connection_id = h.connection_id and w.external_id = h.from_id and h.from_kind = 'work_item'
      left join pull_request p on p.connection_id = h.connection_id and p.external_id = h.target_id
        and h.target_kind = 'pull_request'
      where h.connection_id = ? and h.deleted_at is null and w.deleted_at is null
      """;

  /** Of those with issues that are still there: what is gone is not told of any more, or is. */
  static final String RELATIONS =
      """
      select concat_ws('|', w.key, i.kind, other.key, i.other_key)
      from item_relation i
      join work_item w on w.connection_id = i.connection_id and w.external_id = i.work_item_id
      join work_item other on other.connection_id = i.connection_id and other.external_id = i.other_id
      where i.connection_id = ? and i.deleted_at is null and w.deleted_at is null and other.deleted_at is null
      """;

  /** The issue of a comment is found by its repository and number. */
  static final String COMMENTS =
      """
      select concat_ws('|', w.key, c.kind, c.external_id, a.login, c.body)
      from comment c
      join work_item w on w.connection_id = c.connection_id and w.project_id = c.repository_id
        and (w.extra ->> 'number')::bigint = c.parent_number
      left join account a on a.connection_id = c.connection_id and a.external_id = c.author_id
      where c.connection_id = ? and c.parent_kind = 'work_item' and c.deleted_at is null and w.deleted_at is null
      """;

  static final String MILESTONES =
      """
      select concat_ws('|', r.full_name, e.name, e.description, e.state, e.due_on, e.extra ->> 'number',
        extract(epoch from e.created_at)::bigint, extract(epoch from e.released_at)::bigint,
        extract(epoch from e.source_updated_at)::bigint)
      from release e
      join repository r on r.connection_id = e.connection_id and r.external_id = e.project_id
      where e.connection_id = ? and e.kind = 'milestone' and e.deleted_at is null
      """;

  static final String STATUSES =
      "select external_id || '|' || category from work_status where connection_id = ?";

  private GitHubIssueRows() {}
}
