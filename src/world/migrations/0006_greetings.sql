CREATE TABLE `greeted_servers` (
	`guild_id` text PRIMARY KEY NOT NULL,
	`greeted_at` integer NOT NULL
);
