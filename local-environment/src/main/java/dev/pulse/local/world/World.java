package dev.pulse.local.world;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A simulated organisation: people, projects, issues, repositories and pull requests. The same seed
 * and scale make the same world. Contents are made anew each time they are asked for; only their
 * order and what was done since is kept, so a world of a million items fits into memory.
 */
public final class World {

  private static final Duration HISTORY = Duration.ofDays(700);

  private final long seed;
  private final Clock clock;
  private final Instant end;
  private final List<Person> people;
  private final List<Project> projects;
  private final int firstIssues;
  private final int firstPulls;
  private final Repositories repositories;
  private final AtomicInteger issues;
  private final AtomicInteger pulls;
  private final AtomicLong serial = new AtomicLong();
  private final Map<Integer, List<Edit>> issueEdits = new ConcurrentHashMap<>();
  private final Map<Integer, List<Edit>> pullEdits = new ConcurrentHashMap<>();
  private final Map<Integer, Instant> issuesCreated = new ConcurrentHashMap<>();
  private final Map<Integer, Instant> pullsCreated = new ConcurrentHashMap<>();
  private final Set<Integer> deletedIssues = ConcurrentHashMap.newKeySet();
  private final Planning planning = new Planning();
  private final Set<Integer> hiddenProjects = ConcurrentHashMap.newKeySet();
  private final Set<Integer> hiddenRepositories = ConcurrentHashMap.newKeySet();
  private final Lists lists;
  private final Work work = new Work(this);
  private final Changes changes = new Changes(this);
  private final Roadmap roadmap;
  private final Issues issueMaker = new Issues(this);
  private final CodeReleases codeReleases = new CodeReleases(this);
  private final CodeIssues codeIssues;
  private final Teams teams;
  private final Histories histories;
  private final Pipelines pipelines;
  private final CodeDeployments deployments;
  private final PullRequests pullMaker = new PullRequests(this);

  /**
   * Makes a world.
   *
   * @param scale issues and pull requests together
   * @param clock what time it is there from now on; its history ends an hour before
   */
  public World(long seed, int scale, Clock clock) {
    this.seed = seed;
    this.clock = clock;
    this.end = clock.instant().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(1));
    this.firstIssues = Math.max(1, scale * 6 / 10);
    this.firstPulls = Math.max(1, scale - firstIssues);
    this.issues = new AtomicInteger(firstIssues);
    this.pulls = new AtomicInteger(firstPulls);
    this.people = new CopyOnWriteArrayList<>(Cast.people(Math.clamp(scale / 40, 8, 400)));
    int projectCount = Math.clamp(firstIssues / 400, 3, 60);
    this.projects = new CopyOnWriteArrayList<>(Cast.projects(projectCount, people));
    int repositoryCount = Math.clamp(firstPulls / 200, 3, 400);
    this.repositories = new Repositories(repositoryCount, organization(), end.minus(HISTORY));
    this.roadmap = new Roadmap(this, firstIssues);
    this.histories = new Histories(this, firstPulls);
    this.pipelines = new Pipelines(this, firstPulls / repositoryCount);
    this.deployments = new CodeDeployments(this, firstPulls / repositoryCount);
    this.lists = new Lists(repositoryCount);
    this.codeIssues = new CodeIssues(this, firstPulls);
    this.teams = new Teams(people);
    IntStream.range(0, firstIssues).parallel().forEach(i -> lists.add(issue(i)));
    IntStream.range(0, firstPulls).parallel().forEach(i -> lists.add(pull(i)));
  }

  public long seed() {
    return seed;
  }

  /** The systems tell times in milliseconds. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  Instant end() {
    return end;
  }

  /** Name of the organisation on every system. */
  public String organization() {
    return "acme";
  }

  public List<Person> people() {
    return Collections.unmodifiableList(people);
  }

  public List<Project> projects() {
    return Collections.unmodifiableList(projects);
  }

  /** Somebody is called otherwise from now on, wherever they are named. */
  public void renamePerson(int index, String name) {
    var person = people.get(index).called(name);
    people.set(index, person);
    projects.replaceAll(each -> each.lead().index() == index ? each.ledBy(person) : each);
    histories.forget();
  }

  /** Gives a project another name; its key stays. */
  public void renameProject(int index, String name) {
    projects.set(index, projects.get(index).called(name));
  }

  public List<Repository> repositories() {
    return repositories.all();
  }

  /** What happens to repositories as a whole. */
  public Repositories hosting() {
    return repositories;
  }

  public boolean hidden(Project project) {
    return hiddenProjects.contains(project.index());
  }

  public boolean hidden(Repository repository) {
    return hiddenRepositories.contains(repository.index());
  }

  public int issueCount() {
    return issues.get();
  }

  public int pullCount() {
    return pulls.get();
  }

  public boolean deleted(int issue) {
    return deletedIssues.contains(issue);
  }

  public Issue issue(int index) {
    var project = projects.get(index % projects.size());
    var created =
        index < firstIssues
            ? born(index, firstIssues).plusMillis(index % 1000)
            : issuesCreated.get(index);
    if (created == null) throw new IllegalArgumentException("no issue " + index);
    return issueMaker.make(
        index,
        project,
        1 + index / projects.size(),
        created,
        issueEdits.getOrDefault(index, List.of()));
  }

  /** Links of an issue with others that are still there, told from its side. */
  public List<ItemLink> links(int issue) {
    return ItemLink.of(issue, firstIssues).stream()
        .filter(each -> !deleted((int) (each.other() - 10_000)))
        .toList();
  }

  /** Work that people logged on issues. */
  public Work work() {
    return work;
  }

  /** Sprints of a project, the oldest first. */
  public List<Sprints.Sprint> sprints(Project project) {
    return planning.sprints(Sprints.of(project, end));
  }

  /** What was deleted of boards, sprints and versions. */
  public Planning planning() {
    return planning;
  }

  /** Key of some issue, for branches and titles that mention one. */
  String issueKey(int about) {
    int index = about % firstIssues;
    return projects.get(index % projects.size()).key() + "-" + (1 + index / projects.size());
  }

  public PullRequest pull(int index) {
    var created = index < firstPulls ? born(index, firstPulls) : pullsCreated.get(index);
    if (created == null) throw new IllegalArgumentException("no pull request " + index);
    return pullMaker.make(
        index,
        repository(index % repositories.count()),
        1 + index / repositories.count(),
        created,
        pullEdits.getOrDefault(index, List.of()));
  }

  public Repository repository(int index) {
    return repositories.at(index);
  }

  /** What the organisation plans. */
  public Roadmap roadmap() {
    return roadmap;
  }

  /** Commits of a repository's default branch, the newest first. */
  public List<PullRequest.Commit> history(Repository repository) {
    return histories.of(repository);
  }

  /** Parent of a commit that was on a default branch before somebody rewrote it. */
  public @Nullable String parentOfTakenBack(String sha) {
    return histories.parentOfTakenBack(sha);
  }

  /** Somebody pushes a commit to the default branch of a repository. */
  public synchronized void push(Repository repository) {
    long number = serial.incrementAndGet();
    var author = people.get((int) (number % (people.size() - 1)));
    histories.push(repository, author, now().truncatedTo(ChronoUnit.SECONDS), number);
  }

  /** Somebody takes the last push to a default branch back, and pushes something else by force. */
  public synchronized void rewrite(Repository repository) {
    histories.takeBack(repository);
    push(repository);
  }

  /** Runs of workflows. */
  public Pipelines pipelines() {
    return pipelines;
  }

  /** What is deployed. */
  public CodeDeployments deployments() {
    return deployments;
  }

  /** Releases of a repository, the oldest first. */
  public List<CodeRelease> releases(Repository repository) {
    return codeReleases.of(repository);
  }

  /** Somebody makes a release of a repository. */
  public void createRelease(Repository repository) {
    codeReleases.add(repository, now().truncatedTo(ChronoUnit.SECONDS));
  }

  /** Somebody edits a release. */
  public void editRelease(CodeRelease release) {
    codeReleases.edit(release, now().truncatedTo(ChronoUnit.SECONDS));
  }

  /** The issues that repositories keep themselves. */
  public CodeIssues codeIssues() {
    return codeIssues;
  }

  /** The teams of the organisation. */
  public Teams teams() {
    return teams;
  }

  /** Somebody deletes a release. */
  public void deleteRelease(CodeRelease release) {
    codeReleases.delete(release);
  }

  /** Issues by time of update, the oldest first. */
  public NavigableMap<Order, Integer> issuesByUpdate() {
    return lists.issues();
  }

  /** Pull requests of a repository by time of update. */
  public NavigableMap<Order, Integer> pullsByUpdate(Repository repository) {
    return lists.pulls(repository);
  }

  /** Comments of a repository's pull requests by time of update; the value is the pull request. */
  public NavigableMap<Order, Integer> commentsByUpdate(Repository repository) {
    return lists.comments(repository);
  }

  /** Somebody does something to an issue; nothing happens to one that is deleted. */
  public synchronized void editIssue(int index) {
    if (deleted(index)) return;
    var before = issue(index);
    note(issueEdits, index, now());
    lists.replace(before, issue(index));
  }

  /** Somebody does something to a pull request. */
  public synchronized void editPull(int index) {
    var before = pull(index);
    note(pullEdits, index, now().truncatedTo(ChronoUnit.SECONDS));
    lists.replace(before, pull(index));
  }

  /** A new issue; returns its index. */
  public synchronized int createIssue() {
    int index = issues.get();
    issuesCreated.put(index, now());
    issues.incrementAndGet();
    lists.add(issue(index));
    return index;
  }

  /** A new pull request; returns its index. */
  public synchronized int createPull() {
    int index = pulls.get();
    pullsCreated.put(index, now().truncatedTo(ChronoUnit.SECONDS));
    pulls.incrementAndGet();
    lists.add(pull(index));
    return index;
  }

  public synchronized void deleteIssue(int index) {
    deletedIssues.add(index);
    lists.remove(issue(index));
  }

  /** Gives a repository another name; it is still found by the one it had. */
  public void renameRepository(int index, String name) {
    repositories.rename(index, name);
  }

  /** Hides a repository from the token, or shows it again. */
  public void hideRepository(int index, boolean hidden) {
    if (hidden) hiddenRepositories.add(index);
    else hiddenRepositories.remove(index);
  }

  /** Takes the right to browse a project from the token, or gives it back. */
  public void hideProject(int index, boolean hidden) {
    if (hidden) hiddenProjects.add(index);
    else hiddenProjects.remove(index);
  }

  /** Changes this share of everything, spread evenly, and something of every kind. */
  public void change(double percent) {
    int step = Math.max(1, (int) (100 / percent));
    for (int i = 0; i < issues.get(); i += step) if (!deleted(i)) editIssue(i);
    for (int i = 0; i < pulls.get(); i += step) editPull(i);
    changes.everyday(step);
    codeIssues.change(step);
  }

  Person someone(Dice dice) {
    return people.get(dice.below(people.size() - 1));
  }

  Person bot() {
    return people.getLast();
  }

  private void note(Map<Integer, List<Edit>> edits, int index, Instant at) {
    long number = serial.incrementAndGet();
    var more = new ArrayList<>(edits.getOrDefault(index, List.of()));
    more.add(new Edit(number, at, (int) number));
    edits.put(index, List.copyOf(more));
  }

  private Instant born(int index, int of) {
    long span = HISTORY.toMillis() - Duration.ofDays(1).toMillis();
    return end.minus(HISTORY).plusMillis(span / of * index).truncatedTo(ChronoUnit.SECONDS);
  }

  /** The repository of this full name, now or before a rename. */
  public @Nullable Repository findRepository(String owner, String name) {
    return repositories.find(owner, name);
  }
}
