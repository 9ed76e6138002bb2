/** The largest file that Discord takes from a bot anywhere ("Uploading Files": 10 MiB), less some room for the rest. */
export const LARGEST_FILE = 10 * 1024 * 1024 - 64 * 1024;
