/** The most this project takes of a server's answers, each with its reason. */

/** Files of one repository: a checkpoint of PaliGemma has about 20. */
export const MAX_LISTED_FILES = 10_000;

/** One answer of the interface: 1,000 files take about 0.5 MB. */
export const MAX_ANSWER_BYTES = 16 << 20;

/** An answer that takes longer to begin will not come. */
export const ANSWER_TIMEOUT_MS = 30_000;

/** A download that gives nothing for so long is begun again from where it is; another answer is given up. */
export const STALL_TIMEOUT_MS = 30_000;

/** Attempts in a row that gave nothing new. */
export const MAX_FAILURES = 5;

/** Pause before the second attempt; it doubles from there. */
export const FIRST_PAUSE_MS = 1000;
