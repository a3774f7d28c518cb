"""What whoever runs the bot needs: metrics, health, checks, backups, numbers about the course."""
