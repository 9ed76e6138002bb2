CREATE TABLE `daily_streaks` (
	`guild_id` text NOT NULL,
	`user_id` text NOT NULL,
	`last_day` text NOT NULL,
	`streak` integer NOT NULL,
	`longest` integer NOT NULL,
	PRIMARY KEY(`guild_id`, `user_id`)
);
--> statement-breakpoint
CREATE TABLE `engagement_news` (
	`guild_id` text NOT NULL,
	`user_id` text NOT NULL,
	`asset` text NOT NULL,
	`quantity` integer NOT NULL,
	PRIMARY KEY(`guild_id`, `user_id`, `asset`)
);
--> statement-breakpoint
CREATE TABLE `trips` (
	`id` text PRIMARY KEY NOT NULL,
	`guild_id` text NOT NULL,
	`user_id` text NOT NULL,
	`channel_id` text NOT NULL,
	`place_id` text NOT NULL,
	`state` text NOT NULL,
	`started_at` integer NOT NULL,
	`returns_at` integer NOT NULL,
	`ended_at` integer,
	`promise` text NOT NULL,
	`seed` text NOT NULL,
	`found` text,
	`repeated_by` text
);
--> statement-breakpoint
CREATE INDEX `trips_of_player` ON `trips` (`guild_id`,`user_id`,`state`,`returns_at`);--> statement-breakpoint
CREATE TABLE `scores` (
	`guild_id` text NOT NULL,
	`board` text NOT NULL,
	`period` text NOT NULL,
	`user_id` text NOT NULL,
	`value` integer NOT NULL,
	`reached_at` integer NOT NULL,
	PRIMARY KEY(`guild_id`, `board`, `period`, `user_id`)
);
--> statement-breakpoint
CREATE INDEX `scores_in_order` ON `scores` (`guild_id`,`board`,`period`,"value" desc,`reached_at`,`user_id`);--> statement-breakpoint
CREATE TABLE `measure_counts` (
	`measure` text NOT NULL,
	`guild_id` text NOT NULL,
	`user_id` text NOT NULL,
	`value` integer NOT NULL,
	PRIMARY KEY(`guild_id`, `user_id`, `measure`)
);
--> statement-breakpoint
CREATE INDEX `measure_counts_by_value` ON `measure_counts` (`measure`,`value`);--> statement-breakpoint
CREATE TABLE `measure_facts` (
	`measure` text NOT NULL,
	`guild_id` text NOT NULL,
	`user_id` text NOT NULL,
	`fact` text NOT NULL,
	PRIMARY KEY(`guild_id`, `user_id`, `measure`, `fact`)
);
--> statement-breakpoint
CREATE TABLE `player_preferences` (
	`guild_id` text NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`value` text NOT NULL,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`guild_id`, `user_id`, `name`)
);
--> statement-breakpoint
CREATE TABLE `proposals` (
	`id` text PRIMARY KEY NOT NULL,
	`guild_id` text NOT NULL,
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`facts` text NOT NULL,
	`state` text NOT NULL,
	`made_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `proposals_by_age` ON `proposals` (`made_at`);--> statement-breakpoint
CREATE TABLE `projections` (
	`name` text PRIMARY KEY NOT NULL,
	`live_from` integer NOT NULL,
	`replayed_to` integer NOT NULL
);
--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_crafts` (
	`id` text PRIMARY KEY NOT NULL,
	`guild_id` text NOT NULL,
	`user_id` text NOT NULL,
	`channel_id` text NOT NULL,
	`recipe_id` text NOT NULL,
	`quantity` integer NOT NULL,
	`state` text NOT NULL,
	`ordered_at` integer NOT NULL,
	`place` integer NOT NULL,
	`duration` integer NOT NULL,
	`started_at` integer,
	`completes_at` integer,
	`ended_at` integer,
	`promise` text NOT NULL,
	`seed` text NOT NULL,
	`masterworks` integer,
	`repeated_by` text,
	CONSTRAINT "crafts_quantity" CHECK("__new_crafts"."quantity" > 0),
	CONSTRAINT "crafts_started" CHECK("__new_crafts"."state" <> 'active' OR "__new_crafts"."completes_at" IS NOT NULL)
);
--> statement-breakpoint
INSERT INTO `__new_crafts`("id", "guild_id", "user_id", "channel_id", "recipe_id", "quantity", "state", "ordered_at", "place", "duration", "started_at", "completes_at", "ended_at", "promise", "seed", "masterworks", "repeated_by") SELECT "id", "guild_id", "user_id", "channel_id", "recipe_id", "quantity", "state", "started_at", row_number() OVER (PARTITION BY "guild_id", "user_id" ORDER BY "started_at", "id"), "completes_at" - "started_at", "started_at", "completes_at", "ended_at", "promise", "seed", "masterworks", NULL FROM `crafts`;--> statement-breakpoint
DROP TABLE `crafts`;--> statement-breakpoint
ALTER TABLE `__new_crafts` RENAME TO `crafts`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `crafts_of_player` ON `crafts` (`guild_id`,`user_id`,`state`,`completes_at`);--> statement-breakpoint
CREATE INDEX `crafts_in_order` ON `crafts` (`guild_id`,`user_id`,`place`);--> statement-breakpoint
CREATE INDEX `crafts_open` ON `crafts` (`guild_id`,`user_id`,`place`) WHERE state IN ('waiting', 'active');--> statement-breakpoint
ALTER TABLE `players` ADD `channel_id` text;--> statement-breakpoint
ALTER TABLE `players` ADD `locale` text;