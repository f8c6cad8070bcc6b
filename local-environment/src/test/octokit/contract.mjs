// GitHub's own clients read everything that the simulated GitHub serves, without an error.
// What is simulated is told by the environment; see OctokitTest.java, which starts this.
import assert from "node:assert/strict";
import { createAppAuth } from "@octokit/auth-app";
import { graphql } from "@octokit/graphql";
import { Octokit } from "@octokit/rest";

const told = JSON.parse(process.env.PULSE_SIMULATOR);
const { owner, repository: repo, formerName, base, head, login } = told;
const quiet = { debug() {}, info() {}, warn: console.warn, error() {} };

/** Runs one part; its name is what the test looks for. */
async function proves(name, part) {
  await part();
  console.log("proved: " + name);
}

async function all(octokit, route, parameters, expected) {
  const rows = await octokit.paginate(route, { per_page: 7, ...parameters });
  assert.ok(rows.length > 0, "nothing is listed");
  assert.equal(new Set(rows.map((row) => row.node_id)).size, rows.length);
  if (expected !== undefined) assert.equal(rows.length, expected);
  return rows;
}

async function status(promise) {
  try {
    return (await promise).status;
  } catch (error) {
    assert.equal(error.name, "HttpError", String(error));
    return error.status;
  }
}

async function rest(octokit) {
  assert.equal((await octokit.users.getAuthenticated()).data.type, "User");
  assert.equal((await octokit.users.getByUsername({ username: login })).data.login, login);
  assert.equal((await octokit.orgs.get({ org: owner })).data.login, owner);
  assert.ok((await octokit.meta.get()).data);
  const { data: repository } = await octokit.repos.get({ owner, repo });
  assert.equal(repository.full_name, owner + "/" + repo);
  await all(octokit, octokit.repos.listForOrg, { org: owner, sort: "full_name" }, told.repositories);
  await all(octokit, octokit.orgs.listMembers, { org: owner }, told.members);
  await all(octokit, octokit.pulls.listReviewCommentsForRepo, { owner, repo, sort: "updated", direction: "asc" });
  const comments = await all(octokit, octokit.issues.listCommentsForRepo, { owner, repo, sort: "updated", direction: "asc" });
  const last = comments.at(-1).updated_at;
  const since = await octokit.paginate(octokit.issues.listCommentsForRepo, { owner, repo, sort: "updated", direction: "asc", since: last });
  assert.ok(since.every((row) => row.updated_at >= last) && since.length > 0);
  const compared = await octokit.paginate(
    octokit.repos.compareCommitsWithBasehead,
    { owner, repo, basehead: base + "..." + head, per_page: 2 },
    (page) => page.data.commits,
  );
  assert.equal(compared.at(-1).sha, head);
}

async function renamed(octokit) {
  const { data } = await octokit.repos.get({ owner, repo: formerName });
  assert.equal(data.name, repo);
  const rows = await octokit.paginate(octokit.issues.listCommentsForRepo, { owner, repo: formerName, per_page: 100 });
  assert.ok(rows.length > 0);
}

async function conditional(octokit) {
  const first = await octokit.repos.get({ owner, repo });
  assert.ok(first.headers.etag);
  const again = octokit.repos.get({ owner, repo, headers: { "if-none-match": first.headers.etag } });
  assert.equal(await status(again), 304);
  assert.equal(await status(octokit.repos.get({ owner, repo, headers: { "if-none-match": '"another"' } })), 200);
}

async function refusals(octokit, baseUrl) {
  assert.equal(await status(octokit.repos.get({ owner, repo: "no-such-repository" })), 404);
  assert.equal(await status(octokit.request("GET /no/such/route")), 404);
  const stranger = new Octokit({ auth: "wrong", baseUrl, log: quiet });
  assert.equal(await status(stranger.users.getAuthenticated()), 401);
}

async function limits(octokit) {
  const { data, headers } = await octokit.rateLimit.get();
  assert.ok(data.resources.core.limit > 0 && data.resources.graphql.remaining > 0);
  assert.equal(Number(headers["x-ratelimit-limit"]), data.resources.core.limit);
}

/** A list in GraphQL, walked by variables as the clients' own documentation does it. */
async function walk(ask, query, variables, list) {
  const rows = [];
  for (let after = null, pages = 0; ; pages++) {
    assert.ok(pages < 500, "the list does not end");
    const page = list(await ask(query, { ...variables, after }));
    rows.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) {
      assert.equal(rows.length, page.totalCount ?? rows.length);
      return rows;
    }
    assert.notEqual(page.pageInfo.endCursor, after);
    after = page.pageInfo.endCursor;
  }
}

const PAGE = "pageInfo { hasNextPage endCursor } totalCount";
const ACTOR = "__typename login url ... on User { databaseId name } ... on Bot { databaseId }";

async function queries(ask, pulls) {
  const roots = await ask(
    `query Roots($owner: String!, $repo: String!, $login: String!) {
      viewer { login } user(login: $login) { login }
      rateLimit { cost limit remaining resetAt used nodeCount }
      organization(login: $owner) { id login name url createdAt }
      repository(owner: $owner, name: $repo) {
        id nameWithOwner isArchived isDisabled isLocked lockReason isPrivate isFork createdAt updatedAt pushedAt
        owner { login } primaryLanguage { name } defaultBranchRef { name target { oid } }
      }
    }`,
    { owner, repo, login },
  );
  assert.equal(roots.repository.nameWithOwner, owner + "/" + repo);
  const id = roots.repository.id;
  assert.equal((await ask("query Nodes($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", { ids: [id] })).nodes[0].id, id);
  const repositories = await walk(
    ask,
    `query Repositories($owner: String!, $after: String) {
      organization(login: $owner) { repositories(first: 2, after: $after, orderBy: {field: CREATED_AT, direction: ASC}) { ${PAGE} nodes { id } } }
    }`,
    { owner },
    (data) => data.organization.repositories,
  );
  assert.equal(repositories.length, told.repositories);
  const members = await walk(
    ask,
    `query Members($owner: String!, $after: String) {
      organization(login: $owner) { membersWithRole(first: 3, after: $after) { ${PAGE} nodes { login databaseId } } }
    }`,
    { owner },
    (data) => data.organization.membersWithRole,
  );
  assert.equal(members.length, told.members);
  for (const field of ["CREATED_AT", "UPDATED_AT"]) {
    const rows = await walk(
      ask,
      `query Pulls($id: ID!, $after: String, $order: IssueOrder!) {
        node(id: $id) { ... on Repository { pullRequests(first: 20, after: $after, orderBy: $order) { ${PAGE} nodes {
          id number title state isDraft createdAt updatedAt mergedAt url additions deletions changedFiles
          author { ${ACTOR} } mergedBy { ${ACTOR} } mergeCommit { oid } labels(first: 5) { nodes { name } }
          commits(first: 5) { totalCount nodes { commit { oid message author { name email user { login } } } } }
          reviews(first: 5) { totalCount nodes { state submittedAt author { ${ACTOR} } } }
          reviewThreads(first: 2) { nodes { path comments(first: 2) { nodes { body } } } }
          comments(first: 2) { totalCount nodes { body } }
          timelineItems(first: 5) { filteredCount nodes { __typename } }
        } } } }
      }`,
      { id, order: { field, direction: "DESC" } },
      (data) => data.node.pullRequests,
    );
    assert.equal(rows.length, pulls);
  }
  const releases = await walk(
    ask,
    `query Releases($id: ID!, $after: String) {
      node(id: $id) { ... on Repository { releases(first: 1, after: $after, orderBy: {field: CREATED_AT, direction: ASC}) { ${PAGE} nodes { tagName isDraft tagCommit { oid } } } } }
    }`,
    { id },
    (data) => data.node.releases,
  );
  assert.equal(releases.length, told.releases);
  const commits = await walk(
    ask,
    `query Commits($id: ID!, $oid: GitObjectID!, $after: String) {
      node(id: $id) { ... on Repository { object(oid: $oid) { ... on Commit { history(first: 20, after: $after) { ${PAGE} nodes { oid parents(first: 3) { nodes { oid } } } } } } } }
    }`,
    { id, oid: head },
    (data) => data.node.object.history,
  );
  assert.equal(commits[0].oid, head);
}

async function queryErrors(ask) {
  await assert.rejects(ask("{ noSuchField }"), (error) => error.name === "GraphqlResponseError");
  await assert.rejects(
    ask(`{ repository(owner: "${owner}", name: "no-such-repository") { id } }`),
    (error) => error.errors[0].type === "NOT_FOUND" && error.data.repository === null,
  );
}

async function app(baseUrl) {
  for (const privateKey of told.privateKeys) {
    const auth = { appId: told.appId, privateKey };
    const asApp = new Octokit({ authStrategy: createAppAuth, auth, baseUrl, log: quiet });
    assert.equal((await asApp.apps.getAuthenticated()).data.slug, "pulse-reader");
    const { data: installation } = await asApp.apps.getOrgInstallation({ org: owner });
    assert.equal(installation.permissions.metadata, "read");
    const same = await asApp.apps.getInstallation({ installation_id: installation.id });
    assert.equal(same.data.account.login, owner);
    const installed = new Octokit({
      authStrategy: createAppAuth,
      auth: { ...auth, installationId: installation.id },
      baseUrl,
      log: quiet,
    });
    await all(installed, installed.repos.listForOrg, { org: owner }, told.repositories);
    assert.equal(await status(installed.users.getAuthenticated()), 403);
    const { organization } = await installed.graphql("query($owner: String!) { organization(login: $owner) { login } }", { owner });
    assert.equal(organization.login, owner);
  }
  const wrong = new Octokit({ authStrategy: createAppAuth, auth: { appId: 999, privateKey: told.privateKeys[0] }, baseUrl, log: quiet });
  assert.equal(await status(wrong.apps.getAuthenticated()), 404);
}

async function enterpriseServer(baseUrl, ask) {
  const octokit = new Octokit({ auth: told.token, baseUrl, log: quiet });
  const { headers } = await octokit.meta.get();
  assert.ok(headers["x-github-enterprise-version"]);
  assert.equal(headers["x-ratelimit-limit"], undefined);
  assert.equal(await status(octokit.rateLimit.get()), 404);
  await rest(octokit);
  await renamed(octokit);
  await queries(ask, told.pulls);
  assert.equal((await ask("{ rateLimit { limit } viewer { login } }")).rateLimit, null);
}

const octokit = new Octokit({ auth: told.token, baseUrl: told.github, log: quiet });
const ask = (baseUrl) => graphql.defaults({ baseUrl, headers: { authorization: "token " + told.token } });
await proves("every route of REST, to its last page", () => rest(octokit));
await proves("a renamed repository by its former name", () => renamed(octokit));
await proves("conditional requests", () => conditional(octokit));
await proves("refusals as errors of the clients", () => refusals(octokit, told.github));
await proves("rate limits", () => limits(octokit));
await proves("queries with variables", () => queries(ask(told.github), told.pulls));
await proves("errors of queries", () => queryErrors(ask(told.github)));
await proves("an App and its installation", () => app(told.app));
await proves("an Enterprise Server", () => enterpriseServer(told.enterprise, ask(told.enterprise)));
