"""The films of an export: which ones, all that is known of each, and one value where a format holds one."""
