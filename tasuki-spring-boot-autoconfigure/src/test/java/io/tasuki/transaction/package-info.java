/** Tests of handlers that complete their jobs in their own transactions. */
@NullMarked
package io.tasuki.transaction;

import org.jspecify.annotations.NullMarked;
