package dev.pulse.backend;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The tree is what the packages say of themselves. */
class LayersTest {

  @Test
  void packages_use_only_what_they_may() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.pulse.backend..")
        .layer("platform")
        .definedBy("dev.pulse.backend.platform..")
        .layer("access")
        .definedBy("dev.pulse.backend.access..")
        .layer("audit")
        .definedBy("dev.pulse.backend.audit..")
        .layer("users")
        .definedBy("dev.pulse.backend.users..")
        .layer("sessions")
        .definedBy("dev.pulse.backend.sessions..")
        .layer("auth")
        .definedBy("dev.pulse.backend.auth..")
        .layer("gateway")
        .definedBy("dev.pulse.backend.gateway..")
        .layer("limits")
        .definedBy("dev.pulse.backend.limits..")
        .whereLayer("limits")
        .mayOnlyBeAccessedByLayers("auth")
        .whereLayer("auth")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("gateway")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("sessions")
        .mayOnlyBeAccessedByLayers("auth", "gateway")
        .whereLayer("users")
        .mayOnlyBeAccessedByLayers("auth", "sessions")
        .whereLayer("audit")
        .mayOnlyBeAccessedByLayers("auth", "sessions", "users")
        .whereLayer("access")
        .mayOnlyBeAccessedByLayers("auth", "sessions", "users", "audit", "gateway")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.pulse.backend"));
  }
}
