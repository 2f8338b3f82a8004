package io.tasuki.actuate;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Why nothing was done, and what to do instead.
 *
 * @param error a sentence or two
 */
public record ErrorDescriptor(String error) implements OperationResponseBody {
}
