"""What happened in one replication: fixed tables of int64 columns, written by every engine alike."""
