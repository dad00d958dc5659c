"""Tables of measurements that people hand in, from CSV, Excel or Parquet to rows that mean something, with a list of what was refused."""
