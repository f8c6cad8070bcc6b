-- The team that a work item is assigned to, for figures by team.

alter table work_item add column team_id text;
