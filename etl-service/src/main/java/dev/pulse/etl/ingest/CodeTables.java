package dev.pulse.etl.ingest;

import static dev.pulse.etl.ingest.RecordLayout.table;
import static dev.pulse.etl.ingest.RecordTable.Kind.BOOLEAN;
import static dev.pulse.etl.ingest.RecordTable.Kind.INSTANT;
import static dev.pulse.etl.ingest.RecordTable.Kind.INT;
import static dev.pulse.etl.ingest.RecordTable.Kind.JSON;
import static dev.pulse.etl.ingest.RecordTable.Kind.LONG;
import static dev.pulse.etl.ingest.RecordTable.Kind.TEXT;

import dev.pulse.etl.connectors.records.*;
import java.util.List;

/** The tables of code, and of how it is reviewed, built and deployed. */
final class CodeTables {

  static List<RecordTable<?>> all() {
    return List.of(
        table(Repository.class, "repository")
            .with("name", TEXT, Repository::name)
            .with("full_name", TEXT, Repository::fullName)
            .with("default_branch", TEXT, Repository::defaultBranch)
            .with("is_private", BOOLEAN, Repository::isPrivate)
            .with("archived", BOOLEAN, Repository::archived)
            .with("fork", BOOLEAN, Repository::fork)
            .with("language", TEXT, Repository::language)
            .with("created_at", INSTANT, Repository::createdAt)
            .with("pushed_at", INSTANT, Repository::pushedAt)
            .with("url", TEXT, Repository::url)
            .with("extra", JSON, Repository::extra)
            .mapping(1),
        table(PullRequest.class, "pull_request")
            .with("repository_id", TEXT, PullRequest::repositoryId)
            .with("number", LONG, PullRequest::number)
            .with("title", TEXT, PullRequest::title)
            .with("body", TEXT, PullRequest::body)
            .with("state", TEXT, PullRequest::state)
            .with("draft", BOOLEAN, PullRequest::draft)
            .with("author_id", TEXT, PullRequest::authorId)
            .with("base_ref", TEXT, PullRequest::baseRef)
            .with("head_ref", TEXT, PullRequest::headRef)
            .with("base_sha", TEXT, PullRequest::baseSha)
            .with("head_sha", TEXT, PullRequest::headSha)
            .with("merge_sha", TEXT, PullRequest::mergeSha)
            .with("additions", INT, PullRequest::additions)
            .with("deletions", INT, PullRequest::deletions)
            .with("changed_files", INT, PullRequest::changedFiles)
            .with("commit_count", INT, PullRequest::commitCount)
            .with("merged_by_id", TEXT, PullRequest::mergedById)
            .with("labels", JSON, PullRequest::labels)
            .with("created_at", INSTANT, PullRequest::createdAt)
            .with("source_updated_at", INSTANT, PullRequest::sourceUpdatedAt)
            .with("closed_at", INSTANT, PullRequest::closedAt)
            .with("merged_at", INSTANT, PullRequest::mergedAt)
            .with("url", TEXT, PullRequest::url)
            .with("extra", JSON, PullRequest::extra)
            .partOf("repository_id")
            .numbered("repository_id", "%s.number")
            .mapping(1),
        table(Commit.class, "commit")
            .with("repository_id", TEXT, Commit::repositoryId)
            .with("message", TEXT, Commit::message)
            .with("author_name", TEXT, Commit::authorName)
            .with("author_email", TEXT, Commit::authorEmail)
            .with("author_id", TEXT, Commit::authorId)
            .with("authored_at", INSTANT, Commit::authoredAt)
            .with("committed_at", INSTANT, Commit::committedAt)
            .key("repository_id", "external_id")
            .partOf("repository_id")
            .mapping(1),
        table(CommitParent.class, "commit_parent")
            .with("repository_id", TEXT, CommitParent::repositoryId)
            .with("parent_sha", TEXT, CommitParent::parentSha)
            .with("position", INT, CommitParent::position)
            .key("repository_id", "external_id", "position")
            .partOf("repository_id")
            .mapping(1),
        table(PullRequestCommit.class, "pull_request_commit")
            .with("pull_request_id", TEXT, PullRequestCommit::pullRequestId)
            .with("position", INT, PullRequestCommit::position)
            .key("pull_request_id", "external_id")
            .childOf("pull_request")
            .mapping(1),
        table(PullRequestEvent.class, "pull_request_event")
            .with("pull_request_id", TEXT, PullRequestEvent::pullRequestId)
            .with("kind", TEXT, PullRequestEvent::kind)
            .with("actor_id", TEXT, PullRequestEvent::actorId)
            .with("subject", TEXT, PullRequestEvent::subject)
            .with("happened_at", INSTANT, PullRequestEvent::happenedAt)
            .childOf("pull_request")
            .mapping(1),
        table(Review.class, "review")
            .with("pull_request_id", TEXT, Review::pullRequestId)
            .with("author_id", TEXT, Review::authorId)
            .with("state", TEXT, Review::state)
            .with("commit_sha", TEXT, Review::commitSha)
            .with("submitted_at", INSTANT, Review::submittedAt)
            .with("source_updated_at", INSTANT, Review::sourceUpdatedAt)
            .childOf("pull_request")
            .mapping(1),
        table(Build.class, "build")
            .with("attempt", INT, Build::attempt)
            .with("repository_id", TEXT, Build::repositoryId)
            .with("pipeline_id", TEXT, Build::pipelineId)
            .with("name", TEXT, Build::name)
            .with("number", LONG, Build::number)
            .with("trigger", TEXT, Build::trigger)
            .with("branch", TEXT, Build::branch)
            .with("commit_sha", TEXT, Build::commitSha)
            .with("state", TEXT, Build::state)
            .with("result", TEXT, Build::result)
            .with("actor_id", TEXT, Build::actorId)
            .with("created_at", INSTANT, Build::createdAt)
            .with("started_at", INSTANT, Build::startedAt)
            .with("finished_at", INSTANT, Build::finishedAt)
            .with("source_updated_at", INSTANT, Build::sourceUpdatedAt)
            .with("url", TEXT, Build::url)
            .with("extra", JSON, Build::extra)
            .key("external_id", "attempt")
            .partOf("repository_id")
            .mapping(1),
        table(BuildJob.class, "build_job")
            .with("build_id", TEXT, BuildJob::buildId)
            .with("attempt", INT, BuildJob::attempt)
            .with("name", TEXT, BuildJob::name)
            .with("state", TEXT, BuildJob::state)
            .with("result", TEXT, BuildJob::result)
            .with("started_at", INSTANT, BuildJob::startedAt)
            .with("finished_at", INSTANT, BuildJob::finishedAt)
            .with("url", TEXT, BuildJob::url)
            .childOf("build")
            .mapping(1),
        table(Deployment.class, "deployment")
            .with("repository_id", TEXT, Deployment::repositoryId)
            .with("environment", TEXT, Deployment::environment)
            .with("production", BOOLEAN, Deployment::production)
            .with("commit_sha", TEXT, Deployment::commitSha)
            .with("ref", TEXT, Deployment::ref)
            .with("task", TEXT, Deployment::task)
            .with("creator_id", TEXT, Deployment::creatorId)
            .with("created_at", INSTANT, Deployment::createdAt)
            .with("source_updated_at", INSTANT, Deployment::sourceUpdatedAt)
            .with("url", TEXT, Deployment::url)
            .with("extra", JSON, Deployment::extra)
            .partOf("repository_id")
            .mapping(1),
        table(DeploymentStatus.class, "deployment_status")
            .with("deployment_id", TEXT, DeploymentStatus::deploymentId)
            .with("state", TEXT, DeploymentStatus::state)
            .with("creator_id", TEXT, DeploymentStatus::creatorId)
            .with("happened_at", INSTANT, DeploymentStatus::happenedAt)
            .with("url", TEXT, DeploymentStatus::url)
            .childOf("deployment")
            .mapping(1));
  }

  private CodeTables() {}
}
