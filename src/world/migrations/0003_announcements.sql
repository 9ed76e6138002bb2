CREATE TABLE `outlets` (
	`id` text PRIMARY KEY NOT NULL,
	`guild_id` text,
	`channel_id` text,
	`state` text NOT NULL,
	`problem` text,
	`detail` text,
	`since` integer NOT NULL,
	`probe_at` integer,
	`probes` integer DEFAULT 0 NOT NULL,
	`admins_told_at` integer,
	`last_message_at` integer
);
--> statement-breakpoint
CREATE INDEX `outlets_of_server` ON `outlets` (`guild_id`);--> statement-breakpoint
CREATE TABLE `ceilings` (
	`name` text PRIMARY KEY NOT NULL,
	`used_up_to` integer NOT NULL,
	`promised_to` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `invalid_answers` (
	`minute` integer PRIMARY KEY NOT NULL,
	`count` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `left_servers` (
	`guild_id` text PRIMARY KEY NOT NULL,
	`left_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `server_totals` (
	`guild_id` text NOT NULL,
	`metric` text NOT NULL,
	`value` integer NOT NULL,
	PRIMARY KEY(`guild_id`, `metric`)
);
--> statement-breakpoint
DROP INDEX `announcements_to_tell`;--> statement-breakpoint
ALTER TABLE `announcements` ADD `audience` text NOT NULL DEFAULT 'player';--> statement-breakpoint
ALTER TABLE `announcements` ADD `outlet_id` text NOT NULL DEFAULT '';--> statement-breakpoint
ALTER TABLE `announcements` ADD `rung` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `announcements` ADD `pings` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `announcements` ADD `reason` text;--> statement-breakpoint
ALTER TABLE `announcements` ADD `ended_at` integer;--> statement-breakpoint
ALTER TABLE `announcements` ADD `is_counted` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `announcements_in_inbox` ON `announcements` (`guild_id`,`user_id`) WHERE state = 'inbox';--> statement-breakpoint
CREATE INDEX `announcements_open_in_server` ON `announcements` (`guild_id`) WHERE state IN ('pending', 'inbox');--> statement-breakpoint
CREATE INDEX `announcements_by_time` ON `announcements` (`occurred_at`);--> statement-breakpoint
CREATE INDEX `announcements_to_tell` ON `announcements` (`outlet_id`,`audience`,`occurred_at`) WHERE state = 'pending';--> statement-breakpoint
DROP INDEX `channel_messages_frozen`;--> statement-breakpoint
ALTER TABLE `channel_messages` ADD `outlet_id` text NOT NULL DEFAULT '';--> statement-breakpoint
ALTER TABLE `channel_messages` ADD `audience` text NOT NULL DEFAULT 'player';--> statement-breakpoint
ALTER TABLE `channel_messages` ADD `tried_at` integer NOT NULL DEFAULT 0;--> statement-breakpoint
ALTER TABLE `channel_messages` ADD `attempts` integer NOT NULL DEFAULT 1;--> statement-breakpoint
ALTER TABLE `channel_messages` ADD `retry_at` integer;--> statement-breakpoint
ALTER TABLE `channel_messages` ADD `searched_to` text;--> statement-breakpoint
CREATE INDEX `channel_messages_told` ON `channel_messages` (`outlet_id`,`audience`,`ended_at`);--> statement-breakpoint
CREATE INDEX `channel_messages_frozen` ON `channel_messages` (`outlet_id`) WHERE state = 'frozen';--> statement-breakpoint
ALTER TABLE `players` ADD `name` text;--> statement-breakpoint
ALTER TABLE `players` ADD `avatar` text;--> statement-breakpoint
UPDATE `announcements` SET `outlet_id` = `channel_id`, `audience` = iif(json_extract(`subject`, '$.kind') = 'rareItem', 'server', 'player'), `ended_at` = (SELECT `ended_at` FROM `channel_messages` WHERE `channel_messages`.`id` = `announcements`.`message_id`);--> statement-breakpoint
UPDATE `announcements` SET `user_id` = json_extract(`subject`, '$.to'), `subject` = json_set(json_remove(`subject`, '$.to'), '$.from', `user_id`) WHERE json_extract(`subject`, '$.kind') = 'gift';--> statement-breakpoint
UPDATE `channel_messages` SET `outlet_id` = `channel_id`, `tried_at` = `frozen_at`, `audience` = coalesce((SELECT `audience` FROM `announcements` WHERE `message_id` = `channel_messages`.`id` LIMIT 1), 'player');--> statement-breakpoint
UPDATE `outbox` SET `payload` = json_object('outletId', json_extract(`payload`, '$.channelId')) WHERE `task` = 'discordNotify';--> statement-breakpoint
INSERT INTO `server_totals` (`guild_id`, `metric`, `value`) SELECT `guild_id`, `metric`, sum(`value`) FROM `daily_counts` WHERE `metric` = 'itemsCrafted' GROUP BY `guild_id`, `metric`;--> statement-breakpoint
INSERT OR IGNORE INTO `player_preferences` (`guild_id`, `user_id`, `name`, `value`, `changed_at`) SELECT `guild_id`, `user_id`, 'notify:engagement', '"quiet"', `changed_at` FROM `player_preferences` WHERE `name` = 'engagementNews' AND `value` = 'true';--> statement-breakpoint
DELETE FROM `player_preferences` WHERE `name` = 'engagementNews';
