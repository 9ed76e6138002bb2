/** Name of the superuser and of the database: the server has one purpose and one client. */
export const userName = 'forgeling';
export const databaseName = 'forgeling';

/** The whole of postgresql.conf. It is written anew at every start, so that changes reach existing data. */
export function serverSettings(port: number, maxConnections: number): string {
  return `# Written by Forgeling at every start; changes made here are lost.

# Loopback only. No Unix socket: its path may be at most 107 bytes long, and DATA_DIR may be anywhere.
listen_addresses = '127.0.0.1'
port = ${port}
unix_socket_directories = ''
max_connections = ${maxConnections}
password_encryption = 'scram-sha-256'

# A small machine, one small table.
shared_buffers = '32MB'
max_wal_size = '256MB'
min_wal_size = '64MB'
wal_level = 'minimal'
max_wal_senders = 0
max_logical_replication_workers = 0
max_parallel_workers_per_gather = 0
autovacuum_max_workers = 2
io_method = 'sync'
jit = off
huge_pages = 'off'

# Not in /dev/shm, which is tiny in containers and which systemd-logind empties when its user logs out.
dynamic_shared_memory_type = 'mmap'

# A power cut may lose the last moments, which are asked for again from SQLite, but must not damage the data.
fsync = on
full_page_writes = on
synchronous_commit = off

# Clients report their own errors; "log" is above "error" here, which keeps the log short.
log_min_messages = 'log'
log_checkpoints = off
log_timezone = 'UTC'
timezone = 'UTC'
lc_messages = 'C'
`;
}

/** The whole of pg_hba.conf: the password, always. */
export const accessRules = `# Written by Forgeling at every start; changes made here are lost.
host all all 127.0.0.1/32 scram-sha-256
`;
