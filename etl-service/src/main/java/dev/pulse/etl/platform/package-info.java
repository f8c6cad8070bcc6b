/** Technical ground that every other part stands on; it depends on none of them. */
@ApplicationModule(type = ApplicationModule.Type.OPEN)
@NullMarked
package dev.pulse.etl.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
