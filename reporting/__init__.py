"""What we tell the CSP Executive, scrutiny and the public: snapshots, packs, home, public pages."""
