package dev.pulse.local.world;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

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
  private final Moves moves;
  private final int firstIssues;
  private final int firstPulls;
  private final Repositories repositories;
  private final AtomicInteger issues;
  private final AtomicInteger pulls;
  private final AtomicLong serial = new AtomicLong();
  private final Edits issueEdits = new Edits();
  private final Edits pullEdits = new Edits();
  private final Map<Integer, Instant> issuesCreated = new ConcurrentHashMap<>();
  private final Map<Integer, Instant> pullsCreated = new ConcurrentHashMap<>();
  private final Set<Integer> deletedIssues = ConcurrentHashMap.newKeySet();
  private final Planning planning = new Planning();
  private final Visibility visibility = new Visibility();
  private final ByUpdate byUpdate;
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
    this.moves = new Moves(projects);
    int repositoryCount = Math.clamp(firstPulls / 200, 3, 400);
    this.repositories = new Repositories(repositoryCount, organization(), end.minus(HISTORY));
    this.roadmap = new Roadmap(this, firstIssues);
    this.histories = new Histories(this, firstPulls);
    this.pipelines = new Pipelines(this, firstPulls / repositoryCount);
    this.deployments = new CodeDeployments(this, firstPulls / repositoryCount);
    this.byUpdate = new ByUpdate(repositoryCount);
    this.codeIssues = new CodeIssues(this, firstPulls);
    this.teams = new Teams(people);
    IntStream.range(0, firstIssues).parallel().forEach(i -> byUpdate.add(issue(i)));
    IntStream.range(0, firstPulls).parallel().forEach(i -> byUpdate.add(pull(i)));
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

  /** What the token may see. */
  public Visibility visibility() {
    return visibility;
  }

  public List<Repository> repositories() {
    return repositories.all();
  }

  /** What happens to repositories as a whole. */
  public Repositories hosting() {
    return repositories;
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
    var created =
        index < firstIssues
            ? born(index, firstIssues).plusMillis(index % 1000)
            : issuesCreated.get(index);
    if (created == null) throw new IllegalArgumentException("no issue " + index);
    return issueMaker.make(
        index, moves.projectOf(index), moves.numberOf(index), created, issueEdits.of(index));
  }

  /** Where issues are. */
  public Moves moves() {
    return moves;
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
        pullEdits.of(index));
  }

  public Repository repository(int index) {
    return repositories.at(index);
  }

  /** What the organisation plans. */
  public Roadmap roadmap() {
    return roadmap;
  }

  /** The default branches of repositories. */
  public Histories histories() {
    return histories;
  }

  /** Releases of repositories. */
  public CodeReleases releases() {
    return codeReleases;
  }

  /** Runs of workflows. */
  public Pipelines pipelines() {
    return pipelines;
  }

  /** What is deployed. */
  public CodeDeployments deployments() {
    return deployments;
  }

  /** The issues that repositories keep themselves. */
  public CodeIssues codeIssues() {
    return codeIssues;
  }

  /** The teams of the organisation. */
  public Teams teams() {
    return teams;
  }

  /** Issues, pull requests and comments by time of update, the oldest first. */
  public ByUpdate byUpdate() {
    return byUpdate;
  }

  /** Somebody does something to an issue; nothing happens to one that is deleted. */
  public synchronized void editIssue(int index) {
    if (deleted(index)) return;
    var before = issue(index);
    issueEdits.add(index, nextSerial(), now());
    byUpdate.replace(before, issue(index));
  }

  /** Somebody does something to a pull request. */
  public synchronized void editPull(int index) {
    var before = pull(index);
    pullEdits.add(index, nextSerial(), now().truncatedTo(ChronoUnit.SECONDS));
    byUpdate.replace(before, pull(index));
  }

  /** A new issue; returns its index. */
  public synchronized int createIssue() {
    int index = issues.get();
    issuesCreated.put(index, now());
    issues.incrementAndGet();
    byUpdate.add(issue(index));
    return index;
  }

  /** A new pull request; returns its index. */
  public synchronized int createPull() {
    int index = pulls.get();
    pullsCreated.put(index, now().truncatedTo(ChronoUnit.SECONDS));
    pulls.incrementAndGet();
    byUpdate.add(pull(index));
    return index;
  }

  public synchronized void deleteIssue(int index) {
    deletedIssues.add(index);
    byUpdate.remove(issue(index));
  }

  /**
   * Somebody moves an issue to another project, where it gets another key. For issues that were
   * never in a sprint: those are of one project.
   */
  public synchronized void moveIssue(int index, int project) {
    var before = issue(index);
    if (!Sprints.stays(before).isEmpty()) {
      throw new IllegalArgumentException(before.key() + " was in a sprint");
    }
    moves.move(index, project);
    issueEdits.add(index, nextSerial(), now());
    byUpdate.replace(before, issue(index));
  }

  /** Changes this share of everything, spread evenly, and something of every kind. */
  public void change(double percent) {
    changes.oneOf(Math.max(1, (int) (100 / percent)));
  }

  Person someone(Dice dice) {
    return people.get(dice.below(people.size() - 1));
  }

  Person bot() {
    return people.getLast();
  }

  /** A number that nothing else that happened here has. */
  long nextSerial() {
    return serial.incrementAndGet();
  }

  private Instant born(int index, int of) {
    long span = HISTORY.toMillis() - Duration.ofDays(1).toMillis();
    return end.minus(HISTORY).plusMillis(span / of * index).truncatedTo(ChronoUnit.SECONDS);
  }
}
