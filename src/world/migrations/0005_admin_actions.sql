CREATE TABLE `admin_actions` (
	`event_id` text PRIMARY KEY NOT NULL,
	`guild_id` text NOT NULL,
	`admin_id` text NOT NULL,
	`user_id` text,
	`undoes` text,
	`undone_by` text,
	`occurred_at` integer NOT NULL,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`undoes`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`undone_by`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `admin_actions_by_time` ON `admin_actions` (`guild_id`,`occurred_at`);
--> statement-breakpoint
INSERT INTO `admin_actions` (`event_id`, `guild_id`, `admin_id`, `occurred_at`)
SELECT `id`, `guild_id`, coalesce(`user_id`, ''), `occurred_at` FROM `events` WHERE `name` = 'settingsChanged';
