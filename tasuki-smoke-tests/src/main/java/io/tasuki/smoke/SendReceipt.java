package io.tasuki.smoke;

/**
 * Payload of the job that sends a receipt.
 *
 * @param order number of the order
 */
record SendReceipt(long order) {

}
