package dev.pulse.etl;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The tree is what docs/architecture/overview.md says it is. */
class ModuleTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.pulse.etl");

  @Test
  void modules_use_only_what_they_may() {
    ApplicationModules.of(EtlService.class).verify();
  }

  @Test
  void connectors_do_not_see_each_other() {
    slices()
        .matching("dev.pulse.etl.connectors.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(alwaysTrue(), resideInAPackage("..connectors.records.."))
        .check(CLASSES);
  }
}
