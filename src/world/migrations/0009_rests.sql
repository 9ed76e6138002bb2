ALTER TABLE `outlets` ADD `rest_until` integer;--> statement-breakpoint
ALTER TABLE `ceilings` ADD `rest_until` integer;