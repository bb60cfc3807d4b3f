FROM registry.example.com/platform/runtime:1.4
