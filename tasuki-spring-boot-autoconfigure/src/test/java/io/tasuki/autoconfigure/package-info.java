@NullMarked
package io.tasuki.autoconfigure;

import org.jspecify.annotations.NullMarked;
