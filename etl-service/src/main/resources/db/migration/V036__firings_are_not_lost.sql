-- A firing whose node dies is repeated by another one, and schedules do not wait for each other.
update qrtz_job_details set requests_recovery = true, is_nonconcurrent = false where job_name = 'due';
update qrtz_triggers set trigger_state = 'WAITING' where job_name = 'due' and trigger_state = 'BLOCKED';
