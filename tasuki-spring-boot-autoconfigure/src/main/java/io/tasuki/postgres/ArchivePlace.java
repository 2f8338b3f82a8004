package io.tasuki.postgres;

import java.time.LocalDate;

/**
 * Place of a row in the archive, behind those that are listed later: the partition and
 * where in it.
 *
 * @param day the partition's day (UTC)
 * @param block number of the block, from 0
 * @param offset number of the row in the block; the rows before it are meant
 */
record ArchivePlace(LocalDate day, long block, int offset) {

	private static final long MOST_BLOCKS = 0xffff_ffffL;

	private static final int MOST_ROWS = 0xffff;

	ArchivePlace {
		if (block < 0 || block > MOST_BLOCKS || offset < 0 || offset > MOST_ROWS) {
			throw new IllegalArgumentException("No such place: block %d, row %d".formatted(block, offset));
		}
	}

	/**
	 * Returns the place as the database writes it.
	 */
	String tid() {
		return "(%d,%d)".formatted(this.block, this.offset);
	}

	/**
	 * Reads the place of a row as the database writes it.
	 */
	static ArchivePlace of(LocalDate day, String tid) {
		int comma = tid.indexOf(',');
		return new ArchivePlace(day, Long.parseLong(tid.substring(1, comma)),
				Integer.parseInt(tid.substring(comma + 1, tid.length() - 1)));
	}

	boolean atStart() {
		return this.block == 0 && this.offset == 0;
	}

	/**
	 * Returns the place so many blocks before.
	 */
	ArchivePlace before(long blocks) {
		return new ArchivePlace(this.day, Math.max(0, this.block - blocks), 0);
	}

}
